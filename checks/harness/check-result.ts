import type { Millis } from "#contract/vocabulary.ts";
import type { LabId } from "#launch/implementation.mjs";
import type { DetailLine } from "./check-failure.ts";
import type { InputFate } from "./kept-input.ts";
import type { LikelyMisconception } from "./likely-misconception.ts";
import type { TypeFault } from "./run/type-errors.ts";
import type { Comparison, StoryLine } from "./story.ts";

/** What a failing check has to say. Plain data: it goes to a terminal, a file or a report. */
export type FailureReport = {
  readonly story: readonly StoryLine[];
  /** The clock at the failure, or `undefined` for a story without time. */
  readonly at: Millis | undefined;
  readonly headline: string;
  readonly detail: readonly DetailLine[];
  /** The packets at which it failed. */
  readonly comparison?: Comparison;
  /** Where the packets were saved for Wireshark, and which of them to look at, counted from 1. */
  readonly capture?: { readonly file: string; readonly frame: number };
};

/** A whole scenario, for those who asked for it. */
export type Trace = {
  readonly story: readonly StoryLine[];
  readonly timed: boolean;
  /** A check that plays its scenario again and again tells the last time; so many were before. */
  readonly earlierRuns: number;
};

/** How one check ended. */
export type CheckResult = {
  readonly id: string;
  readonly title: string;
  readonly status:
    | "passed"
    | "failed"
    /** The skeleton's `notImplemented(…)` was reached. */
    | "not-started"
    /** Stopped because it did not end. */
    | "endless"
    /** The thread died: `process.exit`, out of memory. */
    | "crashed";
  readonly points: number;
  readonly earned: number;
  readonly rule: string;
  readonly failure?: FailureReport;
  /** Of a check that is not started: what is missing, and where it is explained. */
  readonly missing?: string;
  /** What the lab printed during the check, shortened. */
  readonly printed?: string;
  readonly trace?: Trace;
  /** Of a generated check that was given a memory. */
  readonly input?: InputFate;
  /** The input that it fails is kept: since when, in milliseconds since 1970, and whether this run found it. */
  readonly kept?: { readonly since: number; readonly isNew: boolean };
  /** The input that was kept passes now; it was kept since then. */
  readonly passesSince?: number;
};

/** What a run of a lab changed against the last one. */
export type Change = {
  readonly lab: LabId;
  readonly newlyPassing: readonly string[];
  readonly newlyFailing: readonly string[];
  /** The lab was not finished before, and is now. */
  readonly newlyFinished: boolean;
};

/** How a lab's checks ended, in the order of the manifest. */
export type LabResult = {
  readonly lab: LabId;
  readonly title: string;
  readonly handout: string;
  /** The checked folder, relative to the project when it lies in it. */
  readonly folder: string;
  readonly checks: readonly CheckResult[];
  readonly typeFaults: readonly TypeFault[];
  readonly seed: number;
  /** What a run of the whole lab changed. */
  readonly change?: Change | undefined;
  /** What the pattern of failing checks looks like. Of runs of the whole lab only. */
  readonly misconceptions?: readonly LikelyMisconception[];
};

/** A check beyond the required: it is worth no points, and a lab is done without it. */
export function isExtra({ points }: CheckResult): boolean {
  return points === 0;
}

/** The checks that decide whether all is well: the required ones, or the extra ones where no others were run. */
export function decisiveChecks(checks: readonly CheckResult[]): readonly CheckResult[] {
  const required = checks.filter((check) => !isExtra(check));
  return required.length > 0 ? required : checks;
}

export function pointsOf(checks: readonly CheckResult[]): { readonly earned: number; readonly points: number } {
  const sum = (pick: (check: CheckResult) => number) => checks.reduce((total, check) => total + pick(check), 0);
  return { earned: sum((check) => check.earned), points: sum((check) => check.points) };
}
