import { createHash } from "node:crypto";
import type { FailureReport } from "#checks/harness/check-result.ts";
import { isNoAnswer } from "#checks/harness/no-answer.ts";

/** A check that failed, in a run or in a grade. */
export type FailedCheck = { readonly status: string; readonly failure?: FailureReport | undefined };

/**
 * How a check failed, whatever it said: by what the code answered, by an error or an answer that is none, or by not coming back. A bug that
 * gives wrong answers is not one that throws.
 */
export type Manner = "answered" | "threw" | "stopped";

/** `undefined` when nobody has kept it. */
export function mannerOf({ status, failure }: FailedCheck): Manner | undefined {
  if (status === "endless" || status === "crashed") return "stopped";
  if (failure === undefined) return undefined;
  return isNoAnswer(failure.headline) ? "threw" : "answered";
}

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
