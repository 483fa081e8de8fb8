import type { ConformanceCase } from "../case.ts";
import type { CaseResult } from "../case-result.ts";
import { countResults } from "./summary-lines.ts";

/** What `--junit` writes: the XML that continuous-integration servers show as a list of tests. `stories` gives a failure in words. */
export function junitReport(
  server: string,
  cases: readonly ConformanceCase[],
  results: readonly CaseResult[],
  stories: (id: string) => string,
): string {
  const { failed, notTested } = countResults(results);
  const total = results.reduce((sum, { duration }) => sum + duration, 0);
  const sizes = `tests="${results.length}" failures="${failed}" skipped="${notTested}" time="${seconds(total)}"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites ${sizes}>`,
    `  <testsuite name="4over6 conformance of ${escaped(server)}" ${sizes}>`,
    ...results.map((result) => {
      const title = cases.find(({ id }) => id === result.id)?.title ?? "";
      const name = `    <testcase classname="conformance.${escaped(result.id)}" name="${escaped(title)}" time="${seconds(result.duration)}"`;
      if (result.status === "passed") return `${name}/>`;
      const inner =
        result.status === "failed"
          ? `<failure message="${escaped(result.failure.headline)}">${escaped(stories(result.id))}</failure>`
          : `<skipped message="${escaped(result.why)}"/>`;
      return `${name}>${inner}</testcase>`;
    }),
    `  </testsuite>`,
    `</testsuites>`,
    "",
  ].join("\n");
}

function seconds(duration: number): string {
  return (duration / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 allows no control characters but tab and line ends, not even escaped. */
function escaped(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, "?").replace(/[&<>"]/g, (char) => entities[char] ?? char);
}
