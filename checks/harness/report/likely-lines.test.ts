import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { allMisconceptions } from "#checks/misconceptions/catalogue/all-misconceptions.ts";
import type { LikelyMisconception } from "../likely-misconception.ts";
import { columnsOf } from "./columns.ts";
import { labResult, result } from "./example-results.ts";
import { jsonReport } from "./json-report.ts";
import { labLines } from "./lab-lines.ts";
import { likelyLines } from "./likely-lines.ts";

const style = (width: number) => ({ paint: new Chalk({ level: 0 }), width });
const likely = (name: string, check: string, more: Partial<LikelyMisconception> = {}): LikelyMisconception => ({
  name,
  says: "You seem to count the data alone. The header counts, too.",
  section: "docs/lab-1-codec.md#messages",
  fit: "exact",
  check: `lab-1.${check}`,
  ...more,
});

/** The first line of the story in which the mistake is named. */
function storyOf(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => line.includes("looks like"));
  return lines.slice(0, at).findLast((line) => line.startsWith("x "));
}

describe("a likely misconception", () => {
  it("has its name, what a teacher says, and where the handout explains it", () => {
    expect(likelyLines([likely("one", "a"), likely("two", "b", { says: "You seem to do something else." })], style(60))).toEqual([
      '    looks like "one": You seem to count the data alone. The',
      "               header counts, too.",
      "               docs/lab-1-codec.md#messages",
      '    or like    "two": You seem to do something else.',
      "               docs/lab-1-codec.md#messages",
    ]);
    expect(likelyLines([likely("one", "a", { fit: "similar" })], style(120))[0]).toMatch(/^ {4}similar to "one": You/);
  });

  it("of the whole catalogue fits a terminal, in a few lines", () => {
    for (const width of [80, 120]) {
      const told = allMisconceptions.map((misconception) => likelyLines([{ ...misconception, fit: "exact" }], style(width)));
      expect(told.flat().filter((line) => columnsOf(line) > width)).toEqual([]);
      expect(told.filter((lines) => lines.length > 6)).toEqual([]);
    }
  });

  const failure = { story: [], at: undefined, headline: "wrong", detail: [] };
  const checks = ["a", "b", "c", "d"].map((name) => result(name, "failed", { failure }));
  it("stands once, in the story of the check that shows it best, or in the first one where that is not told", () => {
    for (const [check, told] of [
      ["b", "b"],
      ["d", "a"],
    ] as const) {
      const lines = labLines(labResult(checks, { misconceptions: [likely("one", check)] }), style(80));
      expect(lines.filter((line) => line.includes("looks like")).length).toBe(1);
      expect(storyOf(lines)).toContain(`x lab-1.${told} `);
    }
    expect(labLines(labResult(checks), style(80)).join("\n")).not.toContain("looks like");
  });

  it("is in the JSON report, too", () => {
    const misconceptions = [likely("one", "a")];
    expect(JSON.parse(JSON.stringify(jsonReport([labResult(checks, { misconceptions })]))).labs[0].misconceptions).toEqual(misconceptions);
  });
});
