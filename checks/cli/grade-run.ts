import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { adjustGrade, type Policies } from "#checks/grader/class/adjust-grade.ts";
import { anonymousGrade } from "#checks/grader/class/anonymous-grade.ts";
import { gradeClass } from "#checks/grader/class/grade-class.ts";
import { readLatePolicy } from "#checks/grader/class/late-policy.ts";
import { readOverrides, requireKnown } from "#checks/grader/class/overrides.ts";
import { readTextFile } from "#checks/grader/class/read-text-file.ts";
import {
  findGrade,
  findManifest,
  keepManifest,
  makeRunFolder,
  type RunFolder,
  removeDrafts,
  runFolder,
} from "#checks/grader/class/run-folder.ts";
import { lockRun } from "#checks/grader/class/run-lock.ts";
import { classOf, shareOf } from "#checks/grader/class/run-manifest.ts";
import { type Outputs, writeOutputs } from "#checks/grader/class/write-outputs.ts";
import type { HiddenChecks } from "#checks/grader/hidden/hidden-checks.ts";
import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import { submissionHash } from "#checks/grader/run/kit-hashes.ts";
import type { Sandbox } from "#checks/grader/sandbox/confined.ts";
import { type Style, terminalStyle, wrap } from "#checks/harness/report/style.ts";
import { counted } from "#kit/counted.ts";
import { keepKey } from "./grade-key.ts";
import { manifestFor } from "./grade-manifest.ts";
import type { GradeOptions } from "./grade-options.ts";
import { type ClassPlan, planClass } from "./grade-plan.ts";
import { gradeProgress } from "./grade-progress.ts";
import { inGradeSandbox } from "./grade-sandbox.ts";
import { allCheckIds, gradeWith, hiddenChecks, requireOut, submissionSeed, ungradedWith } from "./grade-settings.ts";
import { gradeSummary } from "./grade-summary.ts";
import type { Interruption } from "./interruption.ts";

/** Grades a class, or goes on with it. Returns the exit code. */
export async function gradeRun(options: GradeOptions): Promise<number> {
  const folder = runFolder(requireOut(options.out, "the grades go"));
  const plan = planClass(options);
  const hidden = await hiddenChecks();
  const prepared = { options, folder, plan, hidden, policies: await readPolicies(options, plan, hidden) };
  // What is wrong is said before the sandbox is tried, which takes a moment.
  if (!options.resume) refuseOldRun(folder);
  return inGradeSandbox(options, async (sandbox, interruption) => {
    makeRunFolder(folder);
    const lock = lockRun(folder.path, folder.shown);
    try {
      return await gradeInto(prepared, sandbox, interruption);
    } finally {
      lock.release();
    }
  });
}

async function readPolicies(
  { latePolicy, overrides: file }: GradeOptions,
  { planned }: ClassPlan,
  hidden: HiddenChecks,
): Promise<Policies> {
  const late = latePolicy === undefined ? undefined : readLatePolicy(readTextFile("--late-policy", latePolicy), latePolicy);
  if (file === undefined) return { late, overrides: [] };
  const overrides = readOverrides(readTextFile("--overrides", file), file, [
    ...(await allCheckIds()),
    ...hidden.checks.map(({ check }) => check.id),
  ]);
  requireKnown(
    overrides,
    file,
    planned.map(({ about }) => about),
  );
  return { late, overrides };
}

function refuseOldRun(folder: RunFolder): void {
  const manifest = findManifest(folder);
  if (manifest === undefined) return;
  const ids = shareOf(manifest.submissions, manifest.shard);
  const finished = ids.filter((id) => findGrade(folder, id) !== undefined).length;
  throw new UsageError(
    `${folder.shown} holds a run already, with ${finished} of ${counted(ids.length, "submission")} graded; add --resume to go on with it, or give a new folder.`,
  );
}

/** What was asked for, read and found to make sense. */
type Prepared = {
  readonly options: GradeOptions;
  readonly folder: RunFolder;
  readonly plan: ClassPlan;
  readonly hidden: HiddenChecks;
  readonly policies: Policies;
};

async function gradeInto(
  { options, folder, plan, hidden, policies }: Prepared,
  sandbox: Sandbox,
  interruption: Interruption,
): Promise<number> {
  const style = terminalStyle(options.color);
  const started = performance.now();
  const manifest = manifestFor(folder, plan, hidden, sandbox, options);
  const run = { ...manifest, hidden };
  const share = new Set(shareOf(manifest.submissions, manifest.shard));
  const planned = plan.planned.filter(({ id }) => share.has(id));
  const progress = gradeProgress(planned.length, style);
  let finished = 0;
  let grades: readonly SubmissionGrade[];
  try {
    removeDrafts(folder);
    const key = options.anonymous ? keepKey(folder, plan) : undefined;
    keepManifest(folder, manifest);
    grades = await gradeClass({
      planned,
      folder,
      jobs: options.jobs,
      signal: interruption.signal,
      grade: (submission, signal) => gradeWith(submission, run, submissionSeed(manifest.seed, submission.id), sandbox, signal),
      ungraded: (submission, problem) => ungradedWith(submission, problem, run, submissionSeed(manifest.seed, submission.id), sandbox),
      finish: (grade) => finishGrade(grade, plan, policies, options),
      hashOf: ({ files }) => submissionHash(files),
      onDone: (grade, how) => {
        finished++;
        progress.done(grade, how);
      },
    });
    progress.end();
    const graded = classOf(manifest, grades);
    if (grades.length === planned.length) {
      const outputs = writeOutputs(folder, graded, options.formats);
      const notes = [...notesFor(plan, graded.grades, policies, options), ...olderNotes(outputs)];
      const facts = { folder, files: outputs.files, key, took: performance.now() - started, notes };
      console.log(gradeSummary(graded, facts, style).join("\n"));
    }
  } catch (error) {
    progress.end();
    return tellTrouble(error, folder, finished, planned.length, style);
  }
  if (grades.length < planned.length) {
    tell(
      `Interrupted: ${finished} of ${counted(planned.length, "submission is", "submissions are")} graded and kept. Go on with the same command and --resume.`,
      style,
    );
    return interruption.exitCode() ?? 1;
  }
  return grades.some(({ problem }) => problem !== undefined) ? 1 : 0;
}

function finishGrade(grade: SubmissionGrade, { numbers }: ClassPlan, policies: Policies, { anonymous }: GradeOptions): SubmissionGrade {
  const adjusted = adjustGrade(grade, policies);
  return anonymous ? anonymousGrade(adjusted, numbers.get(grade.submission.id) ?? grade.submission.id) : adjusted;
}

function notesFor(
  { notes }: ClassPlan,
  grades: readonly SubmissionGrade[],
  { late }: Policies,
  { before }: GradeOptions,
): readonly string[] {
  const there = grades.filter(({ submission }) => submission.source !== "none");
  const timeless = there.filter(({ submission }) => submission.submittedAt === undefined).length;
  const others = there.filter(({ submission }) => submission.source !== "git").length;
  return [
    ...notes,
    ...(before === undefined || others === 0
      ? []
      : [`--before counts for repositories only; ${counted(others, "submission is", "submissions are")} graded as they are.`]),
    ...(late === undefined || timeless === 0
      ? []
      : [
          `Nothing was taken off for being late where it is not known when something was handed in: ${counted(timeless, "submission is", "submissions are")} so. Give the roster a column submitted.`,
        ]),
  ];
}

function olderNotes({ removed, older }: Outputs): readonly string[] {
  return [
    ...(removed.length === 0 ? [] : [`Removed, since they were of an earlier run with other --formats: ${kindsOf(removed).join(", ")}.`]),
    ...(older.length === 0 ? [] : [`Of an earlier run, and left since they were changed by hand: ${older.join(", ")}.`]),
  ];
}

/** One name for the same file of all submissions. */
function kindsOf(reports: readonly string[]): readonly string[] {
  return [...new Set(reports.map((path) => path.replace(/^submissions\/[^/]+/, "submissions/ID")))];
}

/** A full disk and its like: what is finished is kept. */
function tellTrouble(error: unknown, { shown }: RunFolder, finished: number, planned: number, style: Style): number {
  const reason = fileTrouble(error);
  tell(
    `${shown} cannot be written: ${reason}. ${finished} of ${counted(planned, "submission is", "submissions are")} graded and kept; go on with --resume when there is room.`,
    style,
  );
  return 1;
}

function tell(text: string, { width }: Style): void {
  console.error(wrap(text, width).join("\n"));
}
