import { signed } from "#checks/grader/class/compare-runs.ts";
import { rounded } from "#checks/grader/class/rounded.ts";
import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import { inOneLine } from "#checks/harness/report/columns.ts";
import { fit, type Style, spread } from "#checks/harness/report/style.ts";

/** Tells how far a run is: a line for each submission, and a bar below them where there is a terminal. */
export type GradeProgress = {
  readonly done: (grade: SubmissionGrade, how: "graded" | "kept") => void;
  /** Takes the bar away. */
  readonly end: () => void;
};

/** What the bar is drawn on: standard error. */
export type ProgressTerminal = { readonly isTTY?: boolean; readonly columns?: number; readonly write: (text: string) => unknown };

export function gradeProgress(
  total: number,
  style: Style,
  terminal: ProgressTerminal = process.stderr,
  now = () => performance.now(),
): GradeProgress {
  const started = now();
  let finished = 0;
  let graded = 0;
  const draw = () => {
    if (!terminal.isTTY) return;
    terminal.write(
      `\r\u001b[K${progressBar(finished, total, remaining(now() - started, graded, total - finished), terminal.columns ?? 80)}`,
    );
  };
  const clear = () => {
    if (terminal.isTTY) terminal.write("\r\u001b[K");
  };
  draw();
  return {
    done(grade, how) {
      finished++;
      if (how === "graded") graded++;
      clear();
      console.log(gradeLine(grade, how, style));
      draw();
    },
    end: clear,
  };
}

/** How much longer it takes, in milliseconds, if the rest is like what was graded. `undefined` while nothing is, and at the end. */
export function remaining(elapsed: number, graded: number, left: number): number | undefined {
  return graded === 0 || left === 0 ? undefined : (elapsed / graded) * left;
}

/** `[#####-----]  12 of 40  about 3 min left` */
export function progressBar(finished: number, total: number, left: number | undefined, columns: number): string {
  const words = `  ${finished} of ${total}${left === undefined ? "" : `  ${durationWords(left)} left`}`;
  const width = Math.max(5, Math.min(40, columns - words.length - 3));
  const full = Math.round((width * finished) / Math.max(1, total));
  return `[${"#".repeat(full)}${"-".repeat(width - full)}]${words}`;
}

export function durationWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 90) return `about ${Math.max(1, seconds)} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 360) / 10} h`;
}

/** The column at which points end: names are left of it, and what is unusual right of it. */
const pointsEnd = 44;

/** `  alice                     87/120  -8.7 late` */
export function gradeLine(grade: SubmissionGrade, how: "graded" | "kept", { paint, width }: Style): string {
  const { id, students, group, refused } = grade.submission;
  const names = students.map(({ name }) => inOneLine(name)).join(", ");
  const isName = names !== "" && names !== id;
  const who = `  ${id}${isName ? `  ${names}` : group === undefined ? "" : `  ${group}`}`;
  const points = grade.problem === undefined ? `${rounded(grade.total)}/${grade.points}` : "no grade";
  const notes = [
    ...grade.adjustments.map(({ kind, points }) => `${signed(points)} ${kind === "late" ? "late" : "by hand"}`),
    ...(grade.submission.source === "none" ? ["nothing handed in"] : []),
    ...(refused.length === 0 ? [] : [`${refused.length} not taken`]),
    ...(how === "kept" ? ["as before"] : []),
  ];
  const line = spread(fit(who, width - 14), points, Math.min(width, pointsEnd));
  const color = grade.problem !== undefined ? paint.red : grade.total === grade.points ? paint.green : (text: string) => text;
  const text = `${color(line)}${notes.length === 0 ? "" : paint.dim(`  ${fit(notes.join(", "), Math.max(10, width - pointsEnd - 2))}`)}`;
  return grade.problem === undefined ? text : `${text}\n${paint.red(`    ${fit(inOneLine(grade.problem), width - 4)}`)}`;
}
