import { type CheckResult, type FailureReport, type LabResult, pointsOf } from "../check-result.ts";

/** What `--json` writes. `format` changes when a reader would have to. */
export function jsonReport(results: readonly LabResult[]): unknown {
  return {
    format: "4over6-lab-kit/check/v1",
    ...pointsOf(results.flatMap(({ checks }) => checks)),
    labs: results.map((result) => ({ ...result, checks: result.checks.map(checkReport), ...pointsOf(result.checks) })),
  };
}

/** A check in words and numbers. Its packets have a file of their own; what is undefined stands in no JSON. */
function checkReport(check: CheckResult): unknown {
  return { ...check, trace: undefined, input: undefined, failure: check.failure && failureReport(check.failure) };
}

function failureReport(failure: FailureReport): unknown {
  return { ...failure, story: failure.story.map(({ at, verb, words }) => ({ at, verb, words })), comparison: undefined };
}
