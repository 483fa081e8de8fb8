import type { LabId } from "#launch/implementation.mjs";
import { rounded } from "../class/rounded.ts";
import type { CheckGrade, ClassGrades, LikelyMisconception, SubmissionGrade } from "../model/grade.ts";
import { whyNoGrade } from "./why-no-grade.ts";

/** How a check went in the whole class. */
export type CheckStatistics = {
  readonly lab: LabId;
  readonly check: Pick<CheckGrade, "id" | "title" | "rule" | "points" | "hidden" | "category">;
  readonly counts: Readonly<Record<CheckGrade["status"], number>>;
  /** How many submissions it was run on, or would have been. */
  readonly submissions: number;
  /** Wrong or stopped: who has not begun may know better. */
  readonly failed: number;
};

/** Every check of the run, in the order in which the grades have them. */
export function checkStatistics({ grades }: ClassGrades): readonly CheckStatistics[] {
  const found = new Map<string, { lab: LabId; check: CheckGrade; counts: Record<CheckGrade["status"], number> }>();
  for (const { lab, checks } of grades.flatMap(({ labs }) => labs))
    for (const check of checks) {
      let statistics = found.get(check.id);
      if (statistics === undefined) {
        statistics = { lab, check, counts: { passed: 0, failed: 0, stopped: 0, "not-started": 0, "not-run": 0 } };
        found.set(check.id, statistics);
      }
      statistics.counts[check.status]++;
    }
  return [...found.values()]
    .map(({ lab, check, counts }) => {
      const submissions = Object.values(counts).reduce((sum, count) => sum + count, 0);
      return { lab, check, counts, submissions, failed: counts.failed + counts.stopped };
    })
    .toSorted((a, b) => (a.lab < b.lab ? -1 : a.lab > b.lab ? 1 : 0));
}

/** The checks that most submissions fail, most first. */
export function mostFailed(statistics: readonly CheckStatistics[], most: number): readonly CheckStatistics[] {
  return statistics
    .filter(({ failed }) => failed > 0)
    .toSorted((a, b) => b.failed - a.failed)
    .slice(0, most);
}

/** A mistake, and the submissions whose failing checks point to it. */
export type CommonMisconception = Pick<LikelyMisconception, "name" | "says" | "section"> & {
  readonly lab: LabId;
  readonly exact: readonly string[];
  readonly similar: readonly string[];
};

/** The mistakes of the class, commonest first. A pattern that fits exactly counts before one that is only alike. */
export function commonMisconceptions({ grades }: ClassGrades): readonly CommonMisconception[] {
  const found = new Map<string, CommonMisconception & { exact: string[]; similar: string[] }>();
  for (const { submission, labs } of grades)
    for (const { lab, misconceptions } of labs)
      for (const { name, says, section, fit } of misconceptions) {
        const key = `${lab} ${name}`;
        const entry = found.get(key) ?? { lab, name, says, section, exact: [], similar: [] };
        found.set(key, entry);
        entry[fit].push(submission.id);
      }
  const count = ({ exact, similar }: CommonMisconception) => exact.length + similar.length;
  return [...found.values()].toSorted((a, b) => count(b) - count(a) || b.exact.length - a.exact.length);
}

/** How a lab went in the whole class, of the submissions that have a grade. */
export type LabStatistics = {
  readonly lab: LabId;
  readonly title: string;
  readonly points: number;
  readonly mean: number;
  /** Passed every check that is worth points. */
  readonly complete: number;
  /** Has not a single point. */
  readonly empty: number;
  readonly submissions: number;
};

export function labStatistics({ labs }: ClassGrades, { graded }: Totals): readonly LabStatistics[] {
  return labs.flatMap((id) => {
    const all = graded.flatMap((grade) => grade.labs.filter(({ lab }) => lab === id));
    const [first] = all;
    if (first === undefined) return [];
    return {
      lab: id,
      title: first.title,
      points: Math.max(...all.map(({ points }) => points)),
      mean: all.reduce((sum, { earned }) => sum + earned, 0) / all.length,
      complete: all.filter(({ earned, points }) => earned === points).length,
      empty: all.filter(({ earned }) => earned === 0).length,
      submissions: all.length,
    };
  });
}

/** The totals of the class. Who handed in nothing, and who has no grade, is counted apart. */
export type Totals = {
  readonly graded: readonly SubmissionGrade[];
  /** Of students who handed in nothing: 0 points, which say nothing about the labs. */
  readonly absent: readonly SubmissionGrade[];
  readonly ungraded: readonly SubmissionGrade[];
  /** The most that a submission can have. */
  readonly points: number;
  /** Of the graded ones; `undefined` when there are none. */
  readonly mean: number | undefined;
  readonly median: number | undefined;
};

export function totalsOf({ grades }: ClassGrades): Totals {
  const absent = grades.filter(({ submission }) => submission.source === "none");
  const graded = grades.filter((grade) => whyNoGrade(grade) === undefined && !absent.includes(grade));
  const ungraded = grades.filter((grade) => whyNoGrade(grade) !== undefined && !absent.includes(grade));
  const totals = graded.map(({ total }) => total).toSorted((a, b) => a - b);
  const middle = totals.length >> 1;
  return {
    graded,
    absent,
    ungraded,
    points: Math.max(0, ...grades.map(({ points }) => points)),
    mean: totals.length === 0 ? undefined : totals.reduce((sum, total) => sum + total, 0) / totals.length,
    median:
      totals.length % 2 === 1 ? totals[middle] : totals.length === 0 ? undefined : ((totals[middle - 1] ?? 0) + (totals[middle] ?? 0)) / 2,
  };
}

/** A range of points, ends included, and how many totals lie in it. */
export type Bin = { readonly from: number; readonly to: number; readonly count: number };

/** The totals in at most so many ranges of the same width: whole points, from 0 to all. */
export function distribution({ graded, points }: Totals, mostBins: number): readonly Bin[] {
  const width = Math.max(1, Math.ceil((points + 1) / mostBins));
  const bins = Math.max(1, Math.ceil((points + 1) / width));
  const counts = Array.from({ length: bins }, () => 0);
  for (const { total } of graded) {
    const bin = Math.min(bins - 1, Math.floor(total / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, index) => ({ from: index * width, to: Math.min(points, (index + 1) * width - 1), count }));
}

/** Points as people write them: whole, or with at most two places. */
export function pointsText(points: number): string {
  return String(rounded(points));
}
