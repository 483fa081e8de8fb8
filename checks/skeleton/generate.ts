import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LabId, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { stripSolution } from "./strip-solution.ts";

/** A file of a lab's skeleton, by its name inside the lab's folder. */
export type SkeletonFile = { readonly name: string; readonly text: string };

/** Where a hand-out without solutions keeps the pristine skeletons. */
const pristine = join(root, "checks", "skeletons");

/** A lab as a student first sees it: made from the reference, or read from the pristine copies where there is no reference. */
export function skeletonOf(lab: LabId): readonly SkeletonFile[] {
  const solved = join(root, "reference", labFolders[lab]);
  if (existsSync(solved))
    return read(solved).map(({ name, text }) => ({ name, text: stripSolution(text, `reference/${labFolders[lab]}/${name}`) }));
  const kept = join(pristine, labFolders[lab]);
  if (existsSync(kept)) return read(kept);
  return [];
}

function read(folder: string): readonly SkeletonFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ name }) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}
