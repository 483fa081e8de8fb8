import { expect, it } from "vitest";
import { ctrfFiles } from "./ctrf.ts";
import { schemaFaults } from "./example/schemas.ts";
import { check, classOf, grade, hostileText, lab, secret } from "./example/tiny-class.ts";

const faults = schemaFaults("ctrf-0.0.schema.json");
const checks = [
  check("a", "passed"),
  check("b", "failed", { printed: hostileText }),
  check("c", "stopped", { reason: "out-of-memory" }),
  check("d", "not-started"),
  check("e", "not-run"),
  secret,
];

function reportOf(grades: ReturnType<typeof classOf>) {
  const [file] = ctrfFiles(grades);
  expect(file?.path).toBe("submissions/ada/ctrf.json");
  const report = JSON.parse(file?.content ?? "");
  expect(faults(report)).toEqual([]);
  return report;
}

it("fits CTRF's published schema, and counts what it holds", () => {
  const { results } = reportOf(classOf([grade("ada", [lab(checks)])]));
  expect(results.summary).toMatchObject({
    tests: 6,
    passed: 1,
    failed: 2,
    pending: 1,
    skipped: 2,
    other: 0,
    suites: 1,
    start: Date.UTC(2026, 10, 20, 18, 30),
  });
  expect(results.summary.extra).toEqual({ points: 10, keptBack: 1, total: 2 });
  expect(results.tests.map((test: { rawStatus: string }) => test.rawStatus)).toEqual([
    "passed",
    "failed",
    "stopped",
    "not-started",
    "not-run",
    "kept back",
  ]);
  expect(results.tests[1]).toMatchObject({ suite: ["lab-1 codec"], message: "nothing came" });
  expect(results.tests[1].trace).toContain("  > t=0.000 s     nothing came");
});

it("says no total where there is no grade", () => {
  const { results } = reportOf(classOf([grade("ada", [lab(checks)], { tier: "T3" })]));
  expect(results.summary.extra).not.toHaveProperty("total");
  expect(results.summary.extra.noGrade).toMatch(/^Feedback only/);
});

it("would be told of a report that does not fit", () => {
  expect(faults({ reportFormat: "CTRF" })).not.toEqual([]);
});
