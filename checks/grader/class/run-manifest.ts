import { UsageError } from "#checks/command-line/usage-error.ts";
import type { ClassGrades, SubmissionGrade, Tier } from "#checks/grader/model/grade.ts";
import type { LabId } from "#launch/implementation.mjs";

export const manifestFormat = "4over6-lab-kit/grade-run/v1";

/** Which part of a class a run grades: the `index`-th of `of` parts, counted from 1. */
export type Shard = { readonly index: number; readonly of: number };

/** What a run was asked for. All of it is known before the first submission is graded, and none of it changes. */
export type RunManifest = {
  readonly format: typeof manifestFormat;
  readonly course: string;
  /** When the run began, ISO 8601, UTC. A run that goes on keeps it. */
  readonly gradedAt: string;
  readonly seed: number;
  readonly labs: readonly LabId[];
  /** Hashes, as in a receipt. */
  readonly kit: string;
  readonly checks: string;
  readonly tier: Tier;
  /** Limits that are not the usual ones, in seconds. */
  readonly timeouts: { readonly check?: number; readonly submission?: number };
  readonly anonymous: boolean;
  readonly hiddenReleased: boolean;
  /** Every submission of the class, those of other shards included, sorted. */
  readonly submissions: readonly string[];
  readonly shard: Shard;
};

/** The submissions of a shard: every `of`-th, so that all shards are as large. */
export function shareOf(ids: readonly string[], { index, of }: Shard): readonly string[] {
  return ids.filter((_, position) => position % of === index - 1);
}

/** The grades of a run as those who write reports want them. */
export function classOf(
  { course, gradedAt, seed, labs, anonymous, hiddenReleased }: RunManifest,
  grades: readonly SubmissionGrade[],
): ClassGrades {
  return { course, gradedAt, seed, labs, grades, anonymous, hiddenReleased };
}

/** Which settings of two runs differ, in words: only grades that were made alike can stand in one class. */
export function differingSettings(a: RunManifest, b: RunManifest): readonly string[] {
  const settings = (run: RunManifest) => ({
    course: run.course,
    seed: run.seed,
    labs: run.labs.join(" "),
    kit: run.kit,
    checks: run.checks,
    "sandbox tier": run.tier,
    timeouts: JSON.stringify(run.timeouts),
    anonymity: run.anonymous,
    "release of hidden checks": run.hiddenReleased,
  });
  const [left, right] = [settings(a), settings(b)];
  return Object.keys(left).filter((key) => left[key as keyof typeof left] !== right[key as keyof typeof right]);
}

/** Reads a manifest. @param shown what the file is called in sentences @throws {UsageError} when it is none */
export function readManifest(text: string, shown: string): RunManifest {
  try {
    const manifest = JSON.parse(text) as RunManifest;
    if (manifest.format === manifestFormat && Array.isArray(manifest.submissions)) return manifest;
  } catch {
    // Told below.
  }
  throw new UsageError(`${shown} is not of this version of the grader; give a folder that npm run grade has written.`);
}
