import { rounded } from "#checks/grader/class/rounded.ts";
import type { RunFolder } from "#checks/grader/class/run-folder.ts";
import type { ClassGrades } from "#checks/grader/model/grade.ts";
import { inOneLine } from "#checks/harness/report/columns.ts";
import { type Style, wrap } from "#checks/harness/report/style.ts";
import { durationWords } from "./grade-progress.ts";

/** What there is to tell besides the grades. */
export type RunFacts = {
  readonly folder: RunFolder;
  /** Written for others, by their paths in the folder. */
  readonly files: readonly string[];
  /** Where the names of an anonymous run stand. */
  readonly key: string | undefined;
  /** Milliseconds. */
  readonly took: number;
  readonly notes: readonly string[];
};

/** What came out of a whole run, for the end of the terminal's output. */
export function gradeSummary(
  { grades, seed }: ClassGrades,
  { folder, files, key, took, notes }: RunFacts,
  { paint, width }: Style,
): readonly string[] {
  const problems = grades.filter(({ problem }) => problem !== undefined);
  const absent = grades.filter(({ submission }) => submission.source === "none");
  const counted = grades.filter((grade) => grade.problem === undefined && grade.submission.source !== "none");
  const totals = counted.map(({ total }) => total).toSorted((a, b) => a - b);
  const [first] = grades;
  const counts = [
    `${counted.length} graded`,
    ...(absent.length === 0 ? [] : [`${absent.length} handed in nothing`]),
    ...(problems.length === 0 ? [] : [`${problems.length} could not be graded`]),
  ];
  const rows: readonly (readonly [string, string])[] = [
    [grades.length === 1 ? "1 submission" : `${grades.length} submissions`, counts.join(", ")],
    ...(totals.length === 0
      ? []
      : [["points", `mean ${rounded(mean(totals))}, median ${rounded(median(totals))}, of ${first?.points}`] as const]),
    ...(first === undefined
      ? []
      : [["sandbox", `tier ${first.tier}, ${first.probes[0] ?? "nothing probed"}; what was probed stands in every grade`] as const]),
    ["written", `${folder.shown}/: ${[...shortList(files), "grades/", "taken/"].join(", ")}`],
    ...(key === undefined ? [] : [["who is who", `${key}, for you alone`] as const]),
    ["took", `${durationWords(took).replace("about ", "")}, seed ${seed}`],
  ];
  const label = 17;
  const lines = rows.flatMap(([name, text]) => {
    const [head = "", ...rest] = wrap(inOneLine(text), width - label - 2);
    return [`  ${paint.bold(name.padEnd(label))}${head}`, ...rest.map((line) => " ".repeat(label + 2) + line)];
  });
  return ["", ...lines, ...notes.flatMap((note) => wrap(`  ${inOneLine(note)}`, width, 2))];
}

/** The files at the top, and the folders. */
function shortList(files: readonly string[]): readonly string[] {
  return [...new Set(files.map((file) => (file.includes("/") ? `${file.split("/")[0]}/` : file)))];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
