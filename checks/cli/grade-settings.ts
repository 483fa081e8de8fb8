import { UsageError } from "#checks/command-line/usage-error.ts";
import type { RunManifest } from "#checks/grader/class/run-manifest.ts";
import { emptyLabs, zeroGrade } from "#checks/grader/class/zero-grade.ts";
import { type HiddenChecks, noHiddenChecks, readHiddenChecks } from "#checks/grader/hidden/hidden-checks.ts";
import { hiddenModules } from "#checks/grader/hidden/hidden-modules.ts";
import type { Receipt, SubmissionGrade } from "#checks/grader/model/grade.ts";
import type { Submission } from "#checks/grader/model/submission.ts";
import { gradeSubmission } from "#checks/grader/run/grade-submission.ts";
import { submissionHash, verdictsHash } from "#checks/grader/run/kit-hashes.ts";
import { type GradeLimits, usualLimits } from "#checks/grader/run/limits.ts";
import type { Sandbox } from "#checks/grader/sandbox/confined.ts";
import { registry } from "#checks/harness/registry.ts";
import { checkSeed } from "#checks/harness/seed.ts";

/** Another seed for each submission, so that nobody can know the inputs of others'; of 31 bits. */
export function submissionSeed(seed: number, id: string): number {
  return checkSeed(seed, id) >>> 1;
}

/** The usual limits, or those with which a run was made. */
function limitsOf({ check, submission }: RunManifest["timeouts"]): GradeLimits {
  const seconds = check === undefined ? undefined : { cpu: check * 1000, clock: check * 5000 };
  return {
    ...usualLimits,
    ...(seconds === undefined
      ? {}
      : {
          check: seconds,
          laterCheck: {
            cpu: Math.min(seconds.cpu, usualLimits.laterCheck.cpu),
            clock: Math.min(seconds.clock, usualLimits.laterCheck.clock),
          },
        }),
    ...(submission === undefined ? {} : { submission: submission * 1000 }),
  };
}

type Graded = Pick<RunManifest, "labs" | "timeouts" | "kit" | "checks"> & { readonly hidden: HiddenChecks };

/** Grades one submission. One with no files is not run: all of it is as at the start. */
export async function gradeWith(
  submission: Submission,
  run: Graded,
  seed: number,
  sandbox: Sandbox,
  signal?: AbortSignal,
): Promise<SubmissionGrade> {
  if (submission.files.length > 0)
    return gradeSubmission(submission, {
      labs: run.labs,
      seed,
      sandbox,
      limits: limitsOf(run.timeouts),
      hidden: run.hidden,
      ...(signal === undefined ? {} : { signal }),
    });
  const missing = submission.source === "none" ? "nothing was handed in" : "nothing of what was handed in could be taken";
  const labs = await emptyLabs(run.labs, missing, run.hidden);
  const { files: _, ...about } = submission;
  return zeroGrade(about, labs, receiptOf(submission, labs, run, seed, sandbox), sandbox.probes);
}

/** The grade of a submission that the grader could not read. */
export async function ungradedWith(
  submission: Submission,
  problem: string,
  run: Graded,
  seed: number,
  sandbox: Sandbox,
): Promise<SubmissionGrade> {
  const labs = await emptyLabs(run.labs, "the submission could not be graded", run.hidden);
  const { files: _, ...about } = submission;
  return zeroGrade(about, labs, receiptOf(submission, labs, run, seed, sandbox), sandbox.probes, problem);
}

function receiptOf({ files }: Submission, labs: SubmissionGrade["labs"], { kit, checks }: Graded, seed: number, sandbox: Sandbox): Receipt {
  return {
    kit,
    checks,
    submission: submissionHash(files),
    node: process.version,
    seed,
    tier: sandbox.tier,
    verdicts: verdictsHash(labs.flatMap((lab) => lab.checks)),
  };
}

/** The checks of the folder that was given with `--hidden`, for which the program has been bundled anew. */
export async function hiddenChecks(): Promise<HiddenChecks> {
  return hiddenModules === undefined ? noHiddenChecks : readHiddenChecks(hiddenModules, await allCheckIds());
}

/** The ids of the kit's own checks. */
export async function allCheckIds(): Promise<readonly string[]> {
  const labs = await Promise.all(Object.values(registry).map((load) => load()));
  return labs.flatMap((lab) => lab.checks.map(({ id }) => id));
}

/** The folder that a command writes into. Throws a `UsageError` when none is given. */
export function requireOut(out: string | undefined, what: string): string {
  if (out === undefined || out === "") throw new UsageError(`Say where ${what}: --out DIR.`);
  return out;
}
