import { join } from "node:path";
import { type LabId, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { HandoutFiles } from "./handout-files.ts";
import { type Leak, leaksIn, readSolutions } from "./solution-lines.ts";

/** The lines of a hand-out that belong to the solution of a lab whose solution is not to be in it. */
export function findLeaks(files: HandoutFiles, solved: readonly LabId[]): readonly Leak[] {
  const secret = readSolutions(
    join(root, "reference"),
    labIds.filter((id) => !solved.includes(id)),
  );
  return [...files].flatMap(([path, content]) => leaksIn(path, Buffer.from(content).toString("latin1"), secret));
}
