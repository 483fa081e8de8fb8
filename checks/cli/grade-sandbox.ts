import type { Sandbox } from "#checks/grader/sandbox/confined.ts";
import { openSandbox } from "#checks/grader/sandbox/open-sandbox.ts";
import type { GradeOptions } from "./grade-options.ts";
import { type Interruption, listenForInterruption } from "./interruption.ts";

type Wanted = Pick<GradeOptions, "requireTier" | "container">;

/**
 * Does something in a sandbox in which grades may be made. Returns its exit code; where there is no such sandbox, says why and returns 3.
 * From the first moment on, an interruption ends it in good order: a sandbox has folders and processes, and leaves none behind.
 */
export async function inGradeSandbox(
  wanted: Wanted,
  use: (sandbox: Sandbox, interruption: Interruption) => Promise<number>,
): Promise<number> {
  const interruption = listenForInterruption();
  try {
    const sandbox = await openGradeSandbox(wanted);
    if (typeof sandbox === "string") {
      console.error(sandbox);
      return 3;
    }
    try {
      return interruption.exitCode() ?? (await use(sandbox, interruption));
    } finally {
      await sandbox.close();
    }
  } finally {
    interruption.forget();
  }
}

/** A sandbox that is good enough, or why there is none. */
async function openGradeSandbox({ requireTier, container }: Wanted): Promise<Sandbox | string> {
  if (requireTier === "T0" && !container)
    return "Tier T0 cannot be found out, only said: add --container on a computer that is there for one submission alone.";
  let sandbox: Sandbox;
  try {
    sandbox = await openSandbox({ container, ...(requireTier === undefined ? {} : { requireTier }) });
  } catch (error) {
    if (error instanceof Error && error.name === "UsageError") return error.message;
    throw error;
  }
  if (sandbox.tier !== "T3") return sandbox;
  await sandbox.close();
  return "Nothing on this computer keeps a submission away from the grader (tier T3), so no grade is made. Install bubblewrap, run as root with setpriv, or say --container in a container for one submission alone.";
}
