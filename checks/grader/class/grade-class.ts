import { packFiles } from "#checks/grader/intake/pack-files.ts";
import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import type { Submission } from "#checks/grader/model/submission.ts";
import { findGrade, keepGrade, type RunFolder, replaceGrade } from "./run-folder.ts";

/** A submission that is to be graded. It is read only when its turn comes. The id is the one under which its grade is kept. */
export type Planned = {
  readonly id: string;
  /** What is known without reading it. */
  readonly about: Pick<Submission, "id" | "students">;
  readonly read: () => Promise<Submission>;
};

export type ClassRun = {
  readonly planned: readonly Planned[];
  readonly folder: RunFolder;
  /** How many side by side. */
  readonly jobs: number;
  /** When it fires nothing new is begun, and what is not finished is not kept. */
  readonly signal: AbortSignal;
  readonly grade: (submission: Submission, signal: AbortSignal) => Promise<SubmissionGrade>;
  /** A grade at 0 points with its problem, for a submission that cannot be read. */
  readonly ungraded: (submission: Submission, problem: string) => Promise<SubmissionGrade>;
  /** Adds what does not come from the checks, and takes away names where they are not wanted. The grade is kept as this returns it. */
  readonly finish: (grade: SubmissionGrade) => SubmissionGrade;
  readonly hashOf: (submission: Submission) => string;
  /** Called after the grade was kept. */
  readonly onDone: (grade: SubmissionGrade, how: "graded" | "kept") => void;
};

/**
 * Grades all that is planned, and keeps each grade the moment it is there. A submission that has a grade already, by the same files, is
 * not graded again.
 *
 * @returns the grades in the order of the plan; fewer when it was interrupted
 * @throws what the file system throws when a grade cannot be kept; those before it are
 */
export async function gradeClass(run: ClassRun): Promise<readonly SubmissionGrade[]> {
  const grades: SubmissionGrade[] = [];
  const waiting = [...run.planned.entries()];
  const failed = new AbortController();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      const [index, planned] = next;
      const grade = await gradeOne(planned, run, signal);
      if (grade !== undefined) grades[index] = grade;
    }
  };
  // The first lane that fails stops the others; all of them end before this does.
  const lanes = Array.from({ length: run.jobs }, () =>
    lane().catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  const ended = await Promise.allSettled(lanes);
  for (const each of ended) if (each.status === "rejected") throw each.reason;
  return grades.filter((grade) => grade !== undefined);
}

async function gradeOne({ id, about, read }: Planned, run: ClassRun, signal: AbortSignal): Promise<SubmissionGrade | undefined> {
  const submission = await read().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (submission instanceof Error) {
    const grade = run.finish(
      await run.ungraded(
        { ...about, source: "folder", files: [], refused: [] },
        `The submission cannot be read: ${sentenceOf(submission)}`,
      ),
    );
    keepGrade(run.folder, grade, await packFiles([]));
    run.onDone(grade, "graded");
    return grade;
  }
  const known = findGrade(run.folder, id);
  if (known !== undefined && known.problem === undefined && known.receipt.submission === run.hashOf(submission)) {
    // Whose it is, and what is added or taken off, may have changed.
    const { files: _, ...current } = submission;
    const grade = run.finish({ ...known, submission: current });
    replaceGrade(run.folder, grade);
    run.onDone(grade, "kept");
    return grade;
  }
  const raw = await run.grade(submission, signal);
  if (signal.aborted) return undefined;
  const grade = run.finish(raw);
  keepGrade(run.folder, grade, await packFiles(submission.files));
  run.onDone(grade, "graded");
  return grade;
}

/** What the operating system says, without the path: that is a matter of this computer. */
function sentenceOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.message : (error.message.split(",")[0] ?? code);
}
