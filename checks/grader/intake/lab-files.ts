import { skeletonOf } from "#checks/skeleton/generate.ts";
import { type LabId, labFolders, labIds } from "#launch/implementation.mjs";

/** The lab whose folder has this name. */
export function labOfFolder(name: string): LabId | undefined {
  return labIds.find((lab) => labFolders[lab] === name);
}

const known = new Map<LabId, readonly string[]>();

/** The names of the files that the kit has in the lab's folder. */
export function kitFiles(lab: LabId): readonly string[] {
  const names = known.get(lab) ?? skeletonOf(lab).map(({ name }) => name);
  known.set(lab, names);
  return names;
}

/** A file that a student may add: TypeScript, with a name that every file system and every shell takes as it is. */
export function isOwnFileName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,63}\.ts$/i.test(name) && !deviceName.test(name);
}

/** Names that Windows keeps for devices, whatever follows the first dot. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)\./i;
