import type { LabId } from "#launch/implementation.mjs";
import { usualLimits } from "./limits.ts";
import { prepareProgram } from "./prepare.ts";
import { startThread } from "./start-thread.ts";
import { createThreadPool, type ThreadPool } from "./thread-pool.ts";

/** The threads of each lab. */
export type LabThreads = {
  /** @returns their program, and those that have been started */
  readonly of: (lab: LabId) => Promise<{ readonly program: string; readonly pool: ThreadPool }>;
  /** Ends those that nobody has taken. */
  readonly close: () => Promise<void>;
};

export function createLabThreads(): LabThreads {
  const pools = new Map<LabId, ThreadPool>();
  let preparing: Promise<string> | undefined;
  return {
    of: async (lab) => {
      preparing ??= prepareProgram();
      const program = await preparing;
      const pool = pools.get(lab) ?? createThreadPool(() => startThread(program, lab, usualLimits.heap));
      pools.set(lab, pool);
      return { program, pool };
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
