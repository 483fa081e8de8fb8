import { expect, it } from "vitest";
import type { TestModule, Vitest } from "vitest/node";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { createUiReporter } from "./ui-reporter.ts";

function moduleOf(states: readonly string[], errors: readonly object[] = []): TestModule {
  const tests = states.map((state) => ({ result: () => ({ state }) }));
  return { children: { allTests: () => tests }, errors: () => errors } as unknown as TestModule;
}

it("says where the browser view is", () => {
  const lines: string[] = [];
  const vitest = { config: { api: { host: "127.0.0.1" }, uiBase: "/__vitest__/" }, vite: { config: { server: { port: 51_205 } } } };
  createUiReporter(terminalStyle(false), (line) => lines.push(line)).onInit?.(vitest as unknown as Vitest);
  expect(lines).toEqual(["  The checks are at http://127.0.0.1:51205/__vitest__/"]);
});

it("says in one line how a run of the browser view ended", () => {
  const lines: string[] = [];
  const reporter = createUiReporter(terminalStyle(false), (line) => lines.push(line));
  reporter.onTestRunEnd?.([moduleOf(["passed", "failed"]), moduleOf(["passed"])], [], "failed");
  reporter.onTestRunEnd?.([moduleOf(["passed"])], [], "passed");
  reporter.onTestRunEnd?.([moduleOf([], [{}])], [{ message: "An error of nobody's." }], "failed");
  expect(lines).toEqual([
    "  2 passed, 1 failed or not started. Again at each change; Ctrl+C ends it.",
    "  1 passed. Again at each change; Ctrl+C ends it.",
    "  0 passed, 1 file of checks could not be loaded. Again at each change; Ctrl+C ends it.",
    "  An error of nobody's.",
  ]);
});
