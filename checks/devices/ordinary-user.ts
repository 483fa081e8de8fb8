import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";

/** Succeeds for whoever can run this Node and read the kit. */
export const canRunTheKit = [process.execPath, "--eval", "fs.accessSync(process.argv[1])", fileURLToPath(import.meta.url)];

/** The command that starts a program with the rights of an ordinary user: nothing to add when the tests have no more than that. */
export function ordinaryUser(context: TestContext): readonly string[] {
  if (process.platform === "win32") context.skip("Windows has no users of this kind");
  if (process.getuid?.() !== 0) return [];
  const command = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
  if (!works([...command, ...canRunTheKit]))
    context.skip("the tests run as root, and setpriv is missing, or others may not read the kit where it lies");
  return command;
}

/** Whether the command runs and succeeds. */
export function works([command = "", ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
