import { type LabResult, pointsOf } from "../check-result.ts";

/** What `--json` writes. `format` changes when a reader would have to. */
export function jsonReport(results: readonly LabResult[]): unknown {
  return {
    format: "4over6-lab-kit/check/v1",
    ...pointsOf(results.flatMap(({ checks }) => checks)),
    labs: results.map((result) => ({ ...result, ...pointsOf(result.checks) })),
  };
}
