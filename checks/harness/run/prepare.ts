import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { BuildFailure, Message, Plugin } from "esbuild";
import { bundle } from "#launch/bundle.mjs";
import { type Implementation, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { isInside, shownPath } from "./lab-paths.ts";

const worker = join(root, "checks", "harness", "run", "check-worker.ts");

/**
 * Bundles the checks with the labs that they are to check. A lab's file that is missing, or that cannot be read as TypeScript, is
 * replaced by one that throws where it is loaded, so that it costs its own checks only.
 *
 * @param program what runs them: the worker, or another program
 * @returns the program's file
 */
export async function prepareWorker(implementation: Implementation, program = worker): Promise<string> {
  const unreadable = new Map<string, string>();
  // Files are mostly well: a bundle without replacements is kept, and found again.
  for (let replace = false; ; replace = true) {
    try {
      return (await bundle(program, implementation, replace ? { plugins: [replaceUnreadable(unreadable, implementation)] } : {})).file;
    } catch (error) {
      const found = labErrors(error, implementation).filter(([file]) => !unreadable.has(file));
      if (replace && found.length === 0) throw error;
      for (const [file, text] of found) unreadable.set(file, text);
    }
  }
}

/** The first error of each file that belongs to a lab: path and sentence. */
function labErrors(error: unknown, implementation: Implementation): readonly (readonly [file: string, text: string])[] {
  if (!isBuildFailure(error)) return [];
  return error.errors.toReversed().flatMap((message) => {
    const file = message.location === null ? undefined : join(root, message.location.file);
    return file === undefined || labOf(file, implementation) === undefined ? [] : [[file, sentence(file, message)] as const];
  });
}

function sentence(file: string, { text, location }: Message): string {
  return `${shownPath(file)}:${location?.line}:${(location?.column ?? 0) + 1} ${text}`;
}

/** Files that would break the bundle, as files that throw. Their error goes where the lab's own would: to the checks that load them. */
function replaceUnreadable(unreadable: ReadonlyMap<string, string>, implementation: Implementation): Plugin {
  return {
    name: "kit-unreadable",
    setup: (build) => {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = unreadable.get(path);
        if (text !== undefined) return { contents: throwing("SyntaxError", text), loader: "js" };
        const lab = labOf(path, implementation);
        if (lab === undefined || existsSync(path)) return null;
        const remedy = isInside(join(root, "labs"), path) ? `; npm run reset ${lab} ${basename(path)} brings its skeleton back` : "";
        return { contents: throwing("Error", `${shownPath(path)} is missing${remedy}`), loader: "js" };
      });
    },
  };
}

/** The place that matters stands in the text; that of this throw is nowhere in the lab. */
function throwing(name: "Error" | "SyntaxError", text: string): string {
  return `throw Object.assign(new ${name}(${JSON.stringify(text)}), { stack: "" });`;
}

function labOf(file: string, implementation: Implementation): keyof Implementation | undefined {
  return labIds.find((lab) => isInside(implementation[lab], file));
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
