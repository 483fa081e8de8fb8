import { spawnSync } from "node:child_process";
import type { TestContext } from "vitest";

/** The command that starts a program with the rights of an ordinary user: nothing to add when the tests have no more than that. */
export function ordinaryUser(context: TestContext): readonly string[] {
  if (process.platform === "win32") context.skip("Windows has no users of this kind");
  if (process.getuid?.() !== 0) return [];
  const command = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
  if (!works([...command, process.execPath, "--version"]))
    context.skip("the tests run as root, and setpriv cannot take the rights away here");
  return command;
}

/** Whether the command runs and succeeds. */
export function works([command = "", ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
