import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import type { CheckResult } from "../check-result.ts";
import { labResult, notStarted, result } from "./example-results.ts";
import { labLines } from "./lab-lines.ts";
import { overviewLines } from "./overview-lines.ts";

const style = { paint: new Chalk({ level: 0 }), width: 80 };
const failure = { story: [], at: undefined, headline: "wrong", detail: [] };
const required = result("required", "passed");
const extraFails = result("extra", "failed", { failure, points: 0 });

const lab = (...checks: readonly CheckResult[]) => labLines(labResult(checks), style).flatMap((line) => line.split("\n"));
const overview = (...checks: readonly CheckResult[]) => overviewLines([labResult(checks)], style);

describe("a check beyond the required", () => {
  it("is counted by itself, and its failure is told as an extra", () => {
    const lines = lab(required, extraFails, result("fine", "passed", { points: 0 }));
    expect(lines).toContain("  1 passed                                                            2/2 points");
    expect(lines).toContain("  extra, beyond the required: 1 of 2 passed");
    expect(lines.find((line) => line.startsWith("x lab-1.extra"))).toMatch(/ extra$/);
    expect(lines.at(-2)).toBe("  more  lab-1.extra: A message is delivered with its last byte.");
  });

  it("comes after all that is required, in stories and as the next step", () => {
    const lines = lab(extraFails, result("wrong", "failed", { failure }));
    expect(lines.filter((line) => line.startsWith("x ")).map((line) => line.split(" ")[1])).toEqual(["lab-1.wrong", "lab-1.extra"]);
    expect(lines.at(-2)).toMatch(/^ {2}next {2}lab-1\.wrong: /);
  });

  it("does not keep a lab from being done", () => {
    expect(overview(required, extraFails)).toEqual([
      "  lab-1  codec          ██████████  done              1/1 checks    2/2   points",
      "",
      "                                                                      2/2 points",
      "  extra  lab-1: 1 check beyond the required. npm run check lab-1",
    ]);
    expect(overview(required, result("extra", "passed", { points: 0 })).at(-1)).toMatch(/2\/2 points$/);
  });

  it("is no hint to somebody who has not begun", () => {
    const lines = overview(notStarted, { ...notStarted, points: 0 });
    expect(lines[0]).toMatch(/not started +0\/1 checks/);
    expect(lines.join("\n")).not.toContain("extra");
  });

  it("decides where nothing else was run", () => {
    expect(lab(extraFails)).toContain("  1 failed                                                            0/0 points");
  });
});
