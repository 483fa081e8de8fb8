import { Worker } from "node:worker_threads";
import type { LabId } from "#launch/implementation.mjs";
import { optimize } from "./optimizing.ts";
import type { ThreadStart } from "./worker-protocol.ts";

/**
 * Starts a thread that has a lab's checks ready, and waits for its order (`ThreadOrder`).
 *
 * @param program the bundle of check-worker.ts
 * @param heap its objects may take so many MiB
 */
export function startThread(program: string, lab: LabId, heap: number): Worker {
  optimize("late");
  return new Worker(program, {
    workerData: { lab } satisfies ThreadStart,
    stdout: true,
    stderr: true,
    env: { NODE_ENV: "test" },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heap },
  });
}
