import { allCases } from "../all-cases.ts";
import type { CaseResult } from "../case-result.ts";
import { runSuite } from "../run-suite.ts";
import type { TestedServer } from "../server/server-command.ts";
import type { TimeLimits } from "../time-limits.ts";

/** Runs some cases: without a network right here, against a server with an internet in its memory. */
export async function runCases(
  server: TestedServer,
  ids: readonly string[],
  options: { readonly patience: number; readonly time?: TimeLimits; readonly network?: readonly string[] },
): Promise<readonly CaseResult[]> {
  const unknown = ids.find((id) => !allCases.some((each) => each.id === id));
  if (unknown !== undefined) throw new Error(`There is no case ${unknown}.`);
  const results: CaseResult[] = [];
  const cases = allCases.filter(({ id }) => ids.includes(id));
  await runSuite({ network: undefined, ...options, cases, server, seed: 1 }, (result) => results.push(result));
  return results;
}
