import { availableParallelism } from "node:os";
import type { Implementation, LabId } from "#launch/implementation.mjs";
import type { LabChecks } from "../check.ts";
import type { CheckResult, LabResult } from "../check-result.ts";
import { shownPath } from "./lab-paths.ts";
import { shares } from "./shares.ts";
import { supervise } from "./supervise.ts";
import { findTypeFaults } from "./type-errors.ts";
import { createWorkbench, type Workbench } from "./workbench.ts";
import type { KeptInputs } from "./worker-protocol.ts";

/** A lab to check, which of its checks, and whose code. */
export type LabRun = {
  readonly checks: LabChecks<unknown>;
  readonly ids: readonly string[];
  readonly implementation: Implementation;
  readonly seed: number;
  /** Results tell whole scenarios. */
  readonly trace?: boolean;
  /** Inputs that failed before. Without it, checks have no memory: the code and the seed alone decide. */
  readonly kept?: KeptInputs | undefined;
};

/** Checks the types and the behaviour of a lab side by side. */
export async function runLab(run: LabRun): Promise<LabResult> {
  const [result] = await runLabs([run]);
  return result as LabResult;
}

async function runOne(run: LabRun, bench: Workbench, signal: AbortSignal | undefined): Promise<LabResult> {
  const { checks, ids, implementation, seed } = run;
  // The type checker is a process of its own: it works while the checks are bundled and run.
  const typeFaults = findTypeFaults([checks.id], implementation);
  try {
    const results = await runChecks(run, bench, signal);
    return {
      lab: checks.id,
      title: checks.title,
      handout: checks.handout,
      folder: shownPath(implementation[checks.id]),
      checks: results.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
      typeFaults: await typeFaults,
      seed,
    };
  } finally {
    // Where the checks were stopped it is still at work, on files that the next run wants.
    await typeFaults.catch(() => {});
  }
}

async function runChecks(
  { checks, ids, implementation, seed, trace = false, kept }: LabRun,
  bench: Workbench,
  signal: AbortSignal | undefined,
): Promise<readonly CheckResult[]> {
  const dealt = shares(ids);
  // The threads start while the lab is bundled.
  const starting = bench.threads.of(checks.id).then((threads) => {
    threads.pool.prepare(dealt.length);
    return threads;
  });
  const [file, { program, pool }] = await Promise.all([bench.prepare(checks.id, implementation), starting]);
  const options = { trace, kept, takeThread: pool.take, signal };
  const results = await allSettled(dealt.map((share) => supervise({ program, file }, checks, share, seed, undefined, undefined, options)));
  return results.flat();
}

/** Like `Promise.all`, but when one fails it waits for the others, too: nothing is left at work. */
async function allSettled<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Does what can be done before it is known what will change in these labs. */
export async function getReady(runs: readonly LabRun[], bench: Workbench): Promise<void> {
  for (const { checks, ids, implementation } of runs) {
    await bench.prepare(checks.id, implementation, { fresh: true });
    const { pool } = await bench.threads.of(checks.id);
    pool.prepare(shares(ids).length);
  }
}

/** The labs that others are built on. They import no lab themselves. */
const foundations: readonly LabId[] = ["lab-1", "lab-2", "lab-3"];

/**
 * The labs that a lab is checked on: its own code, and the reference's for the labs that it is built on, so that a mistake made early
 * costs once.
 *
 * @param from where the lab's own code comes from
 * @param earlier where the code of the labs below it comes from
 */
export function implementationOn(lab: LabId, from: Implementation, earlier: Implementation): Implementation {
  if (foundations.includes(lab)) return from;
  return { ...from, ...Object.fromEntries(foundations.map((id) => [id, earlier[id]])) };
}

/**
 * Runs several labs, as many side by side as the computer has cores. Results come in the order of the runs.
 *
 * @param bench what to run them with; one of their own if left out
 * @param signal stops them when nobody wants to know any more
 * @throws the signal's reason, as soon as nothing of this run is at work
 */
export async function runLabs(runs: readonly LabRun[], bench?: Workbench, signal?: AbortSignal): Promise<readonly LabResult[]> {
  if (bench === undefined) {
    const own = createWorkbench();
    try {
      return await runLabs(runs, own, signal);
    } finally {
      await own.threads.close();
    }
  }
  const results: LabResult[] = [];
  const waiting = [...runs.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await runOne(next[1], bench, signal);
  };
  await allSettled(Array.from({ length: availableParallelism() }, lane));
  return results;
}
