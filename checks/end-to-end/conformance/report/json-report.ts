import type { ConformanceCase } from "../case.ts";
import type { CaseResult } from "../case-result.ts";
import { countResults } from "./summary-lines.ts";

/** What `--json` writes. `format` changes when a reader would have to. */
export function jsonReport(server: string, cases: readonly ConformanceCase[], results: readonly CaseResult[]): unknown {
  const { passed, failed, notTested } = countResults(results);
  return {
    format: "4over6-lab-kit/conformance/v1",
    server,
    passed,
    failed,
    notTested,
    cases: results.map(({ id, ...result }) => {
      const { title = "", rule = "" } = cases.find((each) => each.id === id) ?? {};
      return { id, title, rule, ...result };
    }),
  };
}
