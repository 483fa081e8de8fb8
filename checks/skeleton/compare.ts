import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LabId, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { type SkeletonFile, skeletonOf } from "./generate.ts";

/** How a file of `labs/` differs from the skeleton. */
export type Drift = { readonly file: string; readonly how: "missing" | "changed" | "stray" };

/** Compares a lab's folder under `labs/` with its skeleton. `file` is relative to the project. */
export function driftOf(lab: LabId): readonly Drift[] {
  return compare(join(root, "labs", labFolders[lab]), skeletonOf(lab)).map(({ file, how }) => ({
    file: `labs/${labFolders[lab]}/${file}`,
    how,
  }));
}

/**
 * Compares a folder with a skeleton; `file` is a name in the folder. The student's `scratch/` does not count, and hidden files do not
 * either: editors and operating systems put them there.
 */
export function compare(folder: string, skeleton: readonly SkeletonFile[]): readonly Drift[] {
  const strays = ownEntries(folder).filter((name) => !skeleton.some((file) => file.name === name));
  return [
    ...skeleton.flatMap(({ name, text }): readonly Drift[] => {
      const how = compareFile(join(folder, name), text);
      return how === "same" ? [] : [{ file: name, how }];
    }),
    ...strays.map((name): Drift => ({ file: name, how: "stray" })),
  ];
}

function compareFile(file: string, text: string): "same" | "missing" | "changed" {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return "missing";
  // A link or a folder of that name is something else than the file, whatever it leads to.
  return found.isFile() && readFileSync(file, "utf8") === text ? "same" : "changed";
}

function ownEntries(folder: string): readonly string[] {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder).filter((name) => name !== "scratch" && !name.startsWith("."));
}
