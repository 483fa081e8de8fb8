import type { LabId } from "#launch/implementation.mjs";
import type { CheckResult } from "../check-result.ts";
import type { KeptInput } from "../kept-input.ts";

/** Inputs by the id of the check that they failed. */
export type KeptInputs = Readonly<Record<string, KeptInput>>;

/** What a thread knows when it starts. */
export type ThreadStart = { readonly lab: LabId };

/** What it is told then. */
export type ThreadOrder = {
  /** The bundle of the lab's members, with the code that is to be checked. */
  readonly file: string;
  readonly task: WorkerTask;
};

/** What a worker is asked to do. */
export type WorkerTask = {
  readonly ids: readonly string[];
  readonly seed: number;
  /** Whether results tell whole scenarios. */
  readonly trace: boolean;
  /** Inputs that failed before, by the id of their check, or `undefined` for checks that have no memory. */
  readonly kept: KeptInputs | undefined;
  /** Whether the first check that does not pass is the last one. */
  readonly untilFailure: boolean;
  /** Members of the lab that are known not to load, with the reason: they are not imported again. */
  readonly broken: Readonly<Record<string, string>>;
};

/** What a worker reports, before and after each thing that the lab's code could fail to come back from. */
export type WorkerReport =
  | { readonly kind: "loading"; readonly member: string }
  | { readonly kind: "started"; readonly id: string }
  /** The lab's code printed this, cut when it is much. */
  | { readonly kind: "printed"; readonly text: string }
  | { readonly kind: "finished"; readonly result: CheckResult }
  /** A fault of the kit itself. */
  | { readonly kind: "fault"; readonly stack: string };

/** How much of what a check prints is kept, in characters. */
export const mostPrinted = 2_000;
