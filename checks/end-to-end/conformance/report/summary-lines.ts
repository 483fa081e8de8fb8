import { type Style, wrap } from "#checks/harness/report/style.ts";
import type { Millis } from "#contract/vocabulary.ts";
import type { ConformanceCase } from "../case.ts";
import type { CaseResult } from "../case-result.ts";

export type Counts = { readonly passed: number; readonly failed: number; readonly notTested: number };

export function countResults(results: readonly CaseResult[]): Counts {
  const count = (status: CaseResult["status"]) => results.filter((result) => result.status === status).length;
  return { passed: count("passed"), failed: count("failed"), notTested: count("not-tested") };
}

/** The end of a report: what was not tested and why, what was left out, and `52 passed, 1 failed, 2 not tested`. */
export function summaryLines(
  results: readonly CaseResult[],
  { leftOut, took }: { readonly leftOut: readonly ConformanceCase[]; readonly took: Millis },
  { paint, width }: Style,
): readonly string[] {
  const { passed, failed, notTested } = countResults(results);
  const why = new Map<string, string[]>();
  for (const result of results) if (result.status === "not-tested") why.set(result.why, [...(why.get(result.why) ?? []), result.id]);
  const words = [`${passed} passed`, `${failed} failed`, ...(notTested > 0 ? [`${notTested} not tested`] : [])];
  return [
    ...Array.from(why, ([reason, ids]) =>
      wrap(`not tested: ${ids.join(", ")}. Reason: ${reason}`, width, 2).map((line) => paint.yellow(line)),
    ).flat(),
    ...(leftOut.length === 0
      ? []
      : wrap(`left out by --quick: ${leftOut.map(({ id }) => id).join(", ")}`, width, 2).map((line) => paint.yellow(line))),
    ...(why.size + leftOut.length > 0 ? [""] : []),
    `${words.join(", ")}   ${paint.dim(`${(took / 1000).toFixed(1)} s`)}`,
  ];
}
