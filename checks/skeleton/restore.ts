import { lstatSync, readFileSync, renameSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { type LabId, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { Drift } from "./compare.ts";
import { type SkeletonFile, skeletonOf } from "./generate.ts";
import { makeKeptFolder } from "./kept-folder.ts";
import { writeWhole } from "./write-whole.ts";

/** One step on the way back to the skeleton. After each of them, all that the folder held is still whole somewhere. */
export type Step =
  | { readonly do: "copy" | "move"; readonly from: string; readonly to: string }
  | { readonly do: "write"; readonly to: string; readonly text: string };

/**
 * Brings a lab under `labs/` back to its skeleton in the places that differ, and keeps under `.kit/kept/` what stood there. Nothing is
 * deleted, and no link is followed.
 *
 * @param drifts from `driftOf`: all of them, or those that are to go
 * @returns the folder with what was kept, relative to the project, or `undefined` when nothing was
 * @throws {Error} when the operating system refuses a step; what was done so far stays
 */
export function restoreSkeleton(lab: LabId, drifts: readonly Drift[], now: Date): string | undefined {
  const folder = join(root, "labs", labFolders[lab]);
  const isWork = drifts.some(({ how }) => how !== "missing");
  const kept = isWork ? makeKeptFolder(join(root, ".kit", "kept", labFolders[lab]), now) : undefined;
  for (const step of planRestore(folder, skeletonOf(lab), drifts, kept ?? folder)) perform(step);
  return kept === undefined ? undefined : relative(root, kept).replaceAll("\\", "/");
}

/**
 * The steps, in an order that may be broken off anywhere: first everything is kept, then the skeleton is written. What is no plain file
 * (a link, a folder) and what the skeleton does not have is moved as it is, so that the folder is left as the skeleton has it.
 */
export function planRestore(folder: string, skeleton: readonly SkeletonFile[], drifts: readonly Drift[], kept: string): readonly Step[] {
  const keep = drifts
    .filter(({ how }) => how !== "missing")
    .map(({ file, how }): Step => {
      const from = join(folder, basename(file));
      return { do: how === "changed" && lstatSync(from).isFile() ? "copy" : "move", from, to: join(kept, basename(file)) };
    });
  const write = drifts.flatMap(({ file }) => {
    const text = skeleton.find(({ name }) => name === basename(file))?.text;
    return text === undefined ? [] : [{ do: "write", to: join(folder, basename(file)), text } as const];
  });
  return [...keep.filter((step) => step.do === "copy"), ...keep.filter((step) => step.do === "move"), ...write];
}

export function perform(step: Step): void {
  switch (step.do) {
    case "copy":
      return writeWhole(step.to, readFileSync(step.from));
    case "move":
      return renameSync(step.from, step.to);
    case "write":
      return writeWhole(step.to, step.text);
    default:
      return step satisfies never;
  }
}
