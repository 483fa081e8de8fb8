import { createHash } from "node:crypto";
import type { FailureReport } from "#checks/harness/check-result.ts";

/** A check that failed, in a run or in a grade. */
export type FailedCheck = { readonly status: string; readonly failure?: FailureReport | undefined };

/**
 * What a failing check said, as a short hash: when, after how many steps, what was expected and what came. Two programs that answer alike get
 * the same, however they are written; places in their code do not count. `undefined` when nobody has kept what it said.
 */
export function failureWords({ status, failure }: FailedCheck): string | undefined {
  if (status !== "failed") return "stopped";
  if (failure === undefined) return undefined;
  const detail = failure.detail.filter(({ kind }) => kind === "expected" || kind === "got").map(({ text }) => text);
  const said = JSON.stringify([failure.at ?? null, failure.story.length, failure.headline, ...detail]);
  return createHash("sha256").update(said).digest("hex").slice(0, 8);
}
