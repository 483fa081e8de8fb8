import { join, relative } from "node:path";
import type { BuildFailure, Message, Plugin } from "esbuild";
import { bundle } from "#launch/bundle.mjs";
import type { Implementation } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

const worker = join(root, "checks", "harness", "run", "check-worker.ts");

/**
 * Bundles the checks with the labs that they are to check. A lab's file that cannot be read as TypeScript is replaced by one that
 * throws where it is loaded, so that it costs its own checks only.
 *
 * @returns the worker's file
 */
export async function prepareWorker(implementation: Implementation): Promise<string> {
  const unreadable = new Map<string, string>();
  for (;;) {
    try {
      return (await bundle(worker, implementation, { plugins: [replaceUnreadable(unreadable)] })).file;
    } catch (error) {
      const found = labErrors(error, implementation).filter(([file]) => !unreadable.has(file));
      if (found.length === 0) throw error;
      for (const [file, text] of found) unreadable.set(file, text);
    }
  }
}

/** The first error of each file that belongs to a lab: path and sentence. */
function labErrors(error: unknown, implementation: Implementation): readonly (readonly [file: string, text: string])[] {
  if (!isBuildFailure(error)) return [];
  return error.errors.flatMap((message) => {
    const file = message.location === null ? undefined : join(root, message.location.file);
    const isLabs = file !== undefined && Object.values(implementation).some((folder) => !relative(folder, file).startsWith(".."));
    return isLabs ? [[file, sentence(message)] as const] : [];
  });
}

function sentence({ text, location }: Message): string {
  return `${location?.file}:${location?.line}:${location?.column} ${text}`;
}

function replaceUnreadable(unreadable: ReadonlyMap<string, string>): Plugin {
  return {
    name: "kit-unreadable",
    setup: (build) => {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = unreadable.get(path);
        return text === undefined ? null : { contents: `throw new SyntaxError(${JSON.stringify(text)});`, loader: "js" };
      });
    },
  };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
