import { availableParallelism } from "node:os";
import type { Implementation, LabId } from "#launch/implementation.mjs";
import type { LabChecks } from "../check.ts";
import type { LabResult } from "../check-result.ts";
import { shownPath } from "./lab-paths.ts";
import { prepareWorker } from "./prepare.ts";
import { supervise } from "./supervise.ts";
import { findTypeFaults } from "./type-errors.ts";
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
export async function runLab({ checks, ids, implementation, seed, trace = false, kept }: LabRun): Promise<LabResult> {
  // The type checker is a process of its own: it works while the checks are bundled and run.
  const typeFaults = findTypeFaults([checks.id], implementation);
  const results = prepareWorker(implementation).then((worker) =>
    Promise.all(shares(ids).map((share) => supervise(worker, checks, share, seed, undefined, undefined, { trace, kept }))),
  );
  return {
    lab: checks.id,
    title: checks.title,
    handout: checks.handout,
    folder: shownPath(implementation[checks.id]),
    checks: (await results).flat().toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
    typeFaults: await typeFaults,
    seed,
  };
}

/** Fewer checks than this are not worth a second thread. */
const fewestShared = 8;

/** The checks dealt out to two threads: neighbours are much alike, and take about as long. */
function shares(ids: readonly string[]): readonly (readonly string[])[] {
  if (ids.length < fewestShared || availableParallelism() < 2) return [ids];
  return [0, 1].map((turn) => ids.filter((_, index) => index % 2 === turn));
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

/** Runs several labs, as many side by side as the computer has cores. Results come in the order of the runs. */
export async function runLabs(runs: readonly LabRun[]): Promise<readonly LabResult[]> {
  const results: LabResult[] = [];
  const waiting = [...runs.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await runLab(next[1]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}
