import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { BuildFailure, Message, Plugin } from "esbuild";
import { bundle } from "#launch/bundle.mjs";
import { type Implementation, implementationFrom, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import type { Builder } from "#launch/rebuild.mjs";
import { root } from "#launch/root.mjs";
import { isInside, shownPath } from "./lab-paths.ts";

/** What a lab is checked with. */
export type Prepared = {
  /** The bundle of check-worker.ts: all checks, and no code of any lab, so that it is made once. */
  readonly program: string;
  /** The bundle of the lab's members, with the code that is to be checked. */
  readonly file: string;
};

/** Holds the checks. */
export const worker = join(root, "checks", "harness", "run", "check-worker.ts");

/** @returns the bundle of check-worker.ts */
export async function prepareProgram(): Promise<string> {
  return (await bundle(worker, implementationFrom("labs"))).file;
}

export async function prepareWorker(lab: LabId, implementation: Implementation): Promise<Prepared> {
  const [program, file] = await Promise.all([prepareProgram(), prepareLab(lab, implementation)]);
  return { program, file };
}

/** Bundles a lab's members, and gives their file. One at a time for the same lab. */
export type Preparer = (lab: LabId, implementation: Implementation, options?: BundleWish) => Promise<string>;

/** A fresh bundle is made even if there is one: so that the next one is made quickly. */
type BundleWish = { readonly fresh?: boolean };

/** @param builder how bundles are made */
export function createPreparer(builder: Builder): Preparer {
  const unreadable = new Map<string, Map<string, string>>();
  return (lab, implementation, wish) => {
    const key = JSON.stringify([lab, implementation]);
    const files = unreadable.get(key) ?? new Map<string, string>();
    unreadable.set(key, files);
    files.clear();
    return prepare(membersOf(lab), implementation, files, { ...wish, builder });
  };
}

function prepareLab(lab: LabId, implementation: Implementation): Promise<string> {
  return prepare(membersOf(lab), implementation);
}

function membersOf(lab: LabId): string {
  return join(root, "checks", labFolders[lab], "members.ts");
}

/**
 * Bundles a program with the labs that it is to check. A lab's file that is missing, or that cannot be read as TypeScript, is replaced by
 * one that throws where it is loaded, so that it costs its own checks only.
 *
 * @param unreadable is given what is found to be unreadable: path and sentence
 * @returns the bundle's file
 */
export async function prepare(
  program: string,
  implementation: Implementation,
  unreadable = new Map<string, string>(),
  options: BundleWish & { readonly builder?: Builder } = {},
): Promise<string> {
  // Files are mostly well: a bundle without replacements is kept, and found again.
  for (let replace = false; ; replace = true) {
    try {
      const plugins = replace ? [replaceUnreadable(unreadable, implementation)] : [];
      return (await bundle(program, implementation, { ...options, plugins })).file;
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
