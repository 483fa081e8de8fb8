import { root } from "#launch/root.mjs";
import { adminPath } from "./admin-path.ts";
import { runTool } from "./run-tool.ts";

/** A folder in memory that only this mount namespace sees. */
export const privateFolder = "/dev/shm";

/** Where programs keep what they have to remember about the host; here they are not to leave anything. */
const stateFolder = "/run";

/**
 * Covers the folders that programs write to by empty ones in memory, which go with the namespace: so that nothing is left on the disk, however
 * the demo ends. Rejects with an error that says what was refused.
 */
export async function prepareNamespace(): Promise<void> {
  await runTool(`mount -t tmpfs none ${privateFolder}`);
  process.env["TMPDIR"] = privateFolder;
  const needed = [root, process.execPath, ...adminPath().split(":")];
  if (!needed.some((path) => path.startsWith(`${stateFolder}/`))) await runTool(`mount -t tmpfs none ${stateFolder}`);
}
