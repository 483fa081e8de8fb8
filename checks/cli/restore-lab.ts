import { lstatSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { Drift } from "#checks/skeleton/compare.ts";
import { restoreSkeleton } from "#checks/skeleton/restore.ts";
import { type LabId, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/**
 * Brings these places of a lab back to the skeleton.
 *
 * @returns where the work that stood there is kept, relative to the project; `undefined` when there was none
 * @throws {UsageError} when that cannot be done
 */
export function restoreLab(lab: LabId, drifts: readonly Drift[], now: Date): string | undefined {
  refuseLink(lab);
  try {
    return restoreSkeleton(lab, drifts, now);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const where = "What you wrote is still there: in the lab's folder, or copied to .kit/kept/.";
    throw new UsageError(`The skeleton of ${lab} could not be written: ${error.message}. ${where}`);
  }
}

/** What a link leads to may be anybody's: it is neither read nor written. */
export function refuseLink(lab: LabId): void {
  const folder = `labs/${labFolders[lab]}`;
  if (lstatSync(join(root, folder), { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UsageError(`${folder} is a link, and links are not followed. Put a real folder in its place, then try again.`);
}
