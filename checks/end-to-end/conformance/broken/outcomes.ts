import { expect } from "vitest";
import type { CaseResult } from "../case-result.ts";

/** A case that passes whatever is wrong elsewhere: it shows that the server runs. */
export const control = "grant-dns";

/** Results by their outcome, as a test wants to see them: a failure with its sentence. */
export function outcomes(results: readonly CaseResult[]): Readonly<Record<string, string>> {
  return Object.fromEntries(results.map((result) => [result.id, outcomeOf(result)]));
}

function outcomeOf(result: CaseResult): string {
  switch (result.status) {
    case "passed":
      return "passed";
    case "failed":
      return `failed: ${result.failure.headline}`;
    case "not-tested":
      return `not tested: ${result.why}`;
    default:
      return result satisfies never;
  }
}

const all = (ids: readonly string[], outcome: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(ids.map((id) => [id, outcome]));

export const passed = (ids: readonly string[]) => all(ids, "passed");
/** Failed, and by the server's fault. */
export const failed = (ids: readonly string[]) => all(ids, expect.stringMatching(/^failed: (?!the suite itself)/));
export const notTested = (ids: readonly string[]) => all(ids, expect.stringMatching(/^not tested: ./));
