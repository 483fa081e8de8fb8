import type { CaseResult } from "../case-result.ts";

export type Counts = { readonly passed: number; readonly failed: number; readonly notTested: number };

export function countResults(results: readonly CaseResult[]): Counts {
  const count = (status: CaseResult["status"]) => results.filter((result) => result.status === status).length;
  return { passed: count("passed"), failed: count("failed"), notTested: count("not-tested") };
}

/** `52 passed, 1 failed, 2 not tested` */
export function countWords({ passed, failed, notTested }: Counts): string {
  return [`${passed} passed`, `${failed} failed`, ...(notTested > 0 ? [`${notTested} not tested`] : [])].join(", ");
}
