import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import { type LatePolicy, lateAdjustments } from "./late-policy.ts";
import { type Override, overrideAdjustments } from "./overrides.ts";
import { rounded } from "./rounded.ts";

/** What changes points besides the checks. */
export type Policies = { readonly late: LatePolicy | undefined; readonly overrides: readonly Override[] };

/** The grade with these adjustments, and no others. What was taken off for being late is a share of what the checks gave. */
export function adjustGrade(grade: SubmissionGrade, { late, overrides }: Policies): SubmissionGrade {
  const adjustments = [...(late === undefined ? [] : lateAdjustments(grade, late)), ...overrideAdjustments(grade, overrides)];
  const sum = rounded(adjustments.reduce((total, { points }) => total + points, grade.earned));
  return { ...grade, adjustments, total: Math.max(0, Math.min(grade.points, sum)) };
}
