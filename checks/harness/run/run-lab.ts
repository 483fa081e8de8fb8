import { type Implementation, type LabId, labIds } from "#launch/implementation.mjs";
import type { LabChecks } from "../check.ts";
import type { LabResult } from "../check-result.ts";
import { shownPath } from "./lab-paths.ts";
import { prepareWorker } from "./prepare.ts";
import { supervise } from "./supervise.ts";
import { findTypeFaults } from "./type-errors.ts";

/** A lab to check, which of its checks, and whose code. */
export type LabRun = {
  readonly checks: LabChecks<unknown>;
  readonly ids: readonly string[];
  readonly implementation: Implementation;
  readonly seed: number;
  /** Results tell whole scenarios. */
  readonly trace?: boolean;
};

/** Checks the types and the behaviour of a lab side by side. */
export async function runLab({ checks, ids, implementation, seed, trace = false }: LabRun): Promise<LabResult> {
  // The type checker is a process of its own: it works while the checks are bundled and run.
  const typeFaults = findTypeFaults([checks.id], implementation);
  const results = prepareWorker(implementation).then((worker) => supervise(worker, checks, ids, seed, undefined, undefined, { trace }));
  return {
    lab: checks.id,
    title: checks.title,
    handout: checks.handout,
    folder: shownPath(implementation[checks.id]),
    checks: await results,
    typeFaults: await typeFaults,
    seed,
  };
}

/**
 * The labs that a lab is checked on: its own code, and the reference's for the labs before it, so that a mistake made early costs once.
 *
 * @param from where the lab's own code comes from
 * @param earlier where the code of the labs before it comes from
 */
export function implementationOn(lab: LabId, from: Implementation, earlier: Implementation): Implementation {
  const before = labIds.slice(0, labIds.indexOf(lab));
  return { ...from, ...Object.fromEntries(before.map((id) => [id, earlier[id]])) };
}
