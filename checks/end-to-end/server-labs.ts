import { cpSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { type LabId, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/** A copy of the reference in which one lab is another: a folder for `--from`. It goes with the test. */
export async function labsWith(lab: LabId, change: (folder: string) => void): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of Object.values(labFolders)) cpSync(join(root, "reference", name), join(folder, name), { recursive: true });
  change(join(folder, labFolders[lab]));
  return folder;
}
