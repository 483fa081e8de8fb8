import { UsageError } from "#checks/command-line/usage-error.ts";
import { type CheckChange, compareRuns, type GradeChange, type Outcome } from "#checks/grader/class/compare-runs.ts";
import { readRun, runFolder } from "#checks/grader/class/run-folder.ts";
import { differingSettings } from "#checks/grader/class/run-manifest.ts";
import { inOneLine } from "#checks/harness/report/columns.ts";
import { type Style, terminalStyle, wrap } from "#checks/harness/report/style.ts";
import type { GradeOptions } from "./grade-options.ts";

/** Tells what grading again has changed. Returns the exit code: 1 when something did. */
export function gradeDiff({ words, color }: GradeOptions): number {
  const [old, now, ...others] = words;
  if (old === undefined || now === undefined || others.length > 0)
    throw new UsageError("Give two folders of grades: npm run grade diff OLD NEW");
  const [before, after] = [readRun(runFolder(old)), readRun(runFolder(now))];
  const style = terminalStyle(color);
  const settings = differingSettings(before.manifest, after.manifest);
  if (settings.length > 0) console.log(wrap(`The runs differ in ${settings.join(", ")}.`, style.width).join("\n"));
  const changes = compareRuns(before.grades, after.grades);
  console.log(diffLines(changes, before.grades.length, style).join("\n"));
  return changes.length === 0 ? 0 : 1;
}

function diffLines(changes: readonly GradeChange[], total: number, { paint, width }: Style): readonly string[] {
  if (changes.length === 0) return [total === 1 ? "The one grade is the same." : `All ${total} grades are the same.`];
  const lines = changes.flatMap((change) => {
    const names = change.students.length === 0 ? "" : `  ${inOneLine(change.students.join(", "))}`;
    return [
      `  ${paint.bold(change.id)}${names}  ${change.before ?? "-"} -> ${change.after ?? "-"} ${change.after === 1 ? "point" : "points"}`,
      ...change.notes.flatMap((note) => wrap(`    ${inOneLine(note)}`, width, 6)),
      ...change.checks.map(checkLine),
    ];
  });
  const better = changes.filter(({ before, after }) => (after ?? 0) > (before ?? 0)).length;
  const worse = changes.filter(({ before, after }) => (after ?? 0) < (before ?? 0)).length;
  return [...lines, "", `${changes.length} changed: ${better} with more points, ${worse} with fewer.`];
}

function checkLine({ id, before, after }: CheckChange): string {
  return `    ${id}  ${outcomeWords(before)} -> ${outcomeWords(after)}`;
}

function outcomeWords(outcome: Outcome | undefined): string {
  return outcome === undefined ? "not there" : `${outcome.status} ${outcome.earned}/${outcome.points}`;
}
