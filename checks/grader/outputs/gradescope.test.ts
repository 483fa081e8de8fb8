import { describe, expect, it } from "vitest";
import { schemaFaults } from "./example/schemas.ts";
import { check, classOf, grade, hostileText, lab, secret } from "./example/tiny-class.ts";
import { gradescopeFiles } from "./gradescope.ts";

type Results = { readonly score: number; readonly output: string; readonly tests: readonly Readonly<Record<string, unknown>>[] };

const faults = schemaFaults("gradescope-results.schema.json");

function resultsOf(grades: ReturnType<typeof classOf>): Results {
  const [file] = gradescopeFiles(grades);
  expect(file?.path).toBe("submissions/ada/results.json");
  const results: Results = JSON.parse(file?.content ?? "");
  expect(faults(results)).toEqual([]);
  return results;
}

describe("Gradescope's results.json", () => {
  const checks = [
    check("a", "passed"),
    check("b", "failed", { printed: hostileText }),
    check("c", "stopped", { reason: "timeout" }),
    check("d", "not-started", { missing: "lab-1 d is not implemented yet." }),
    check("e", "passed", { points: 0 }),
    secret,
    { ...secret, id: "lab-1.hidden-extra", points: 0 },
  ];

  it("has the total after adjustments, and why it was changed", () => {
    const results = resultsOf(classOf([grade("ada", [lab(checks)], { adjustments: [{ kind: "late", points: -1.5, why: "a day late" }] })]));
    expect(results.score).toBe(0.5);
    expect(results.output).toContain("-1.5 points: a day late");
  });

  it("has a numbered test for each check, with what the terminal tells", () => {
    const { tests } = resultsOf(classOf([grade("ada", [lab(checks)])]));
    expect(tests.map(({ number }) => number)).toEqual(["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]);
    expect(tests.map(({ status }) => status)).toEqual(["passed", "failed", "failed", "failed", "passed", "failed", "failed"]);
    expect(tests[0]).toMatchObject({
      score: 2,
      max_score: 2,
      name: "lab-1.a: A message is delivered with its last byte",
      tags: ["lab-1", "passed"],
    });
    expect(tests[0]).not.toHaveProperty("output");
    expect(tests[1]?.["output"]).toContain("  > t=0.000 s     nothing came");
    expect(tests[2]?.["output"]).toContain("it took too long");
    expect(tests[3]?.["output"]).toBe("lab-1 d is not implemented yet.");
    expect(tests[4]?.["tags"]).toEqual(["lab-1", "extra", "passed"]);
  });

  it("hides what is not released: until publication with points, for ever without", () => {
    const { tests } = resultsOf(classOf([grade("ada", [lab(checks)])]));
    expect(tests[5]).toEqual({
      score: 0,
      max_score: 2,
      status: "failed",
      number: "1.6",
      name: "lab-1.hidden-noise (robustness)",
      tags: ["lab-1", "hidden"],
      visibility: "after_published",
    });
    expect(tests[6]).toMatchObject({ visibility: "hidden" });
    const released = resultsOf(classOf([grade("ada", [lab(checks)])], { hiddenReleased: true })).tests[5];
    expect(released).toMatchObject({ visibility: "visible", name: "lab-1.hidden-noise: SECRET title" });
  });

  it("bounds what a student's code makes it say", () => {
    const chatty = Array.from({ length: 300 }, (_, index) =>
      check(`x${index}`, "failed", { failure: { story: [], at: undefined, headline: "x ".repeat(50_000), detail: [] } }),
    );
    expect(gradescopeFiles(classOf([grade("ada", [lab(chatty)])]))[0]?.content.length).toBeLessThan(1_500_000);
  });

  it("is not written where the points must not be published", () => {
    expect(gradescopeFiles(classOf([grade("ada", [lab(checks)], { problem: "the sandbox could not be started" })]))).toEqual([]);
    expect(gradescopeFiles(classOf([grade("ada", [lab(checks)], { tier: "T3" })]))).toEqual([]);
  });
});
