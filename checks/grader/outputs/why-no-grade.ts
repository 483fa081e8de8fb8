import type { SubmissionGrade } from "../model/grade.ts";

/** Why the points of a submission must not be published, a sentence without its full stop; `undefined` when they may. */
export function whyNoGrade({ problem, tier }: SubmissionGrade): string | undefined {
  if (problem !== undefined) return problem.replace(/\.$/, "");
  if (tier === "T3") return "Feedback only: nothing kept the submission away from the grader (tier T3)";
  return undefined;
}
