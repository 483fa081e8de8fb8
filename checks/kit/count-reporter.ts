import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** What `npm test` wants to know of a vitest run. */
export type TestCounts = {
  readonly passed: number;
  readonly failed: number;
  /** Each skipped test with the reason that it gave. */
  readonly skipped: readonly string[];
};

/** Writes a run's counts to the file that KIT_COUNTS names. A file that could not be loaded, or holds no test, has failed. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const empty = modules.filter((module) => [...module.children.allTests()].length === 0 || module.errors().length > 0);
    const state = (wanted: string) => tests.filter((test) => test.result().state === wanted);
    const counts: TestCounts = {
      passed: state("passed").length,
      failed: tests.length - state("passed").length - state("skipped").length + empty.length + errors.length,
      skipped: state("skipped").map((test) => {
        const result = test.result();
        return `${test.fullName}: ${(result.state === "skipped" && result.note) || "no reason was given"}`;
      }),
    };
    const file = process.env["KIT_COUNTS"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}
