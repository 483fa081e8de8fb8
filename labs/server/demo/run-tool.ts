import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { adminPath } from "./admin-path.ts";

const run = promisify(execFile);

/**
 * Runs a program of the host with arguments as one would type them: `runTool("ip link set lo up")`. Rejects with an error whose message is
 * what the program complained about.
 */
export async function runTool(command: string): Promise<void> {
  const [file = "", ...args] = command.split(" ");
  try {
    await run(file, args, { env: { ...process.env, PATH: adminPath() } });
  } catch (error) {
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new Error(`"${command}" failed: ${stderr.trim().split("\n")[0] || message}`, { cause: error });
  }
}
