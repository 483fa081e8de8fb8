import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import { compareGrades } from "./compare-runs.ts";

/** Something that is not the same when a run is repeated. */
export type Difference = { readonly what: string; readonly before: string; readonly after: string };

/** What a repeated run has other than the first one: what went in, and what came out. */
export function compareReceipts(before: SubmissionGrade, after: SubmissionGrade): readonly Difference[] {
  const [old, now] = [before.receipt, after.receipt];
  const inputs: readonly (readonly [what: string, before: string, after: string])[] = [
    ["files of the submission", old.submission, now.submission],
    ["kit", old.kit, now.kit],
    ["checks", old.checks, now.checks],
    ["Node", old.node, now.node],
    ["seed", String(old.seed), String(now.seed)],
    ["sandbox tier", old.tier, now.tier],
    ["verdicts", old.verdicts, now.verdicts],
  ];
  const { checks } = compareGrades(before.submission.id, before, after);
  return [
    ...inputs.filter(([, a, b]) => a !== b).map(([what, a, b]) => ({ what, before: shortHash(a), after: shortHash(b) })),
    ...checks.map((check) => ({ what: check.id, before: check.before?.status ?? "not there", after: check.after?.status ?? "not there" })),
  ];
}

function shortHash(text: string): string {
  return text.startsWith("sha256-") ? text.slice(0, 19) : text;
}
