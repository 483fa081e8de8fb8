import { join } from "node:path";
import { isInside, shownPath } from "#checks/harness/run/lab-paths.ts";
import { type Implementation, type LabId, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/**
 * Whose code a lab's run was about, as a name under which something is remembered of it: its folder, and that of the labs below it where
 * they come from elsewhere. `undefined` for code that nobody will come back to: copies that the kit makes and removes.
 */
export function whose(lab: LabId, implementation: Implementation): string | undefined {
  const folders = labIds.slice(0, labIds.indexOf(lab) + 1).map((id) => implementation[id]);
  if (folders.some((folder) => isInside(join(root, ".kit"), folder))) return undefined;
  const own = implementation[lab];
  const [first = own] = folders;
  return join(first, "..") === join(own, "..") ? shownPath(own) : `${shownPath(own)} on ${shownPath(join(first, ".."))}`;
}
