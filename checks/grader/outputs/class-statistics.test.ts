import { describe, expect, it } from "vitest";
import {
  checkStatistics,
  commonMisconceptions,
  distribution,
  labStatistics,
  mostFailed,
  pointsText,
  totalsOf,
} from "./class-statistics.ts";
import { check, classOf, grade, lab } from "./example/tiny-class.ts";

const mistake = (name: string, fit: "exact" | "similar") => ({ name, says: `says ${name}`, section: "docs/x.md", fit });
const grades = classOf([
  grade("a", [lab([check("x", "passed", { points: 4 }), check("y", "failed")], { misconceptions: [mistake("m", "similar")] })]),
  grade("b", [
    lab([check("x", "failed", { points: 4 }), check("y", "failed")], { misconceptions: [mistake("m", "exact"), mistake("n", "exact")] }),
  ]),
  grade("c", [lab([check("x", "passed", { points: 4 }), check("y", "stopped")])]),
  grade("d", [lab([check("x", "not-started", { points: 4 }), check("y", "not-run")])], { problem: "it failed" }),
]);

describe("the statistics of a class", () => {
  it("count how each check ended", () => {
    const [x, y] = checkStatistics(grades);
    expect(x).toMatchObject({ check: { id: "lab-1.x" }, submissions: 4, failed: 1, counts: { passed: 2, failed: 1, "not-started": 1 } });
    expect(y).toMatchObject({ submissions: 4, failed: 3, counts: { failed: 2, stopped: 1, "not-run": 1 } });
    expect(mostFailed(checkStatistics(grades), 1).map((each) => each.check.id)).toEqual(["lab-1.y"]);
  });

  it("name the commonest mistakes, and whose they are", () => {
    expect(commonMisconceptions(grades)).toEqual([
      { lab: "lab-1", name: "m", says: "says m", section: "docs/x.md", exact: ["b"], similar: ["a"] },
      { lab: "lab-1", name: "n", says: "says n", section: "docs/x.md", exact: ["b"], similar: [] },
    ]);
  });

  it("leave out of the totals what has no grade", () => {
    const totals = totalsOf(grades);
    expect(totals).toMatchObject({ points: 6, median: 4 });
    expect(totals.mean).toBeCloseTo(8 / 3);
    expect(totals.ungraded.map(({ submission }) => submission.id)).toEqual(["d"]);
    expect(totalsOf(classOf([]))).toMatchObject({ points: 0, mean: undefined, median: undefined });
  });

  it("tell how each lab went", () => {
    expect(labStatistics(grades, totalsOf(grades))).toEqual([
      { lab: "lab-1", title: "codec", points: 6, mean: 8 / 3, complete: 0, empty: 1, submissions: 3 },
    ]);
  });

  it("count apart who handed in nothing", () => {
    const absent = grade("e", [lab([check("x", "not-run", { points: 4 })])]);
    const all = { ...grades, grades: [...grades.grades, { ...absent, submission: { ...absent.submission, source: "none" as const } }] };
    expect(totalsOf(all)).toMatchObject({ median: 4, absent: [{ total: 0 }] });
    expect(totalsOf(all).graded).toHaveLength(3);
  });

  it("sort totals into ranges that cover all of them", () => {
    expect(distribution(totalsOf(grades), 4)).toEqual([
      { from: 0, to: 1, count: 1 },
      { from: 2, to: 3, count: 0 },
      { from: 4, to: 5, count: 2 },
      { from: 6, to: 6, count: 0 },
    ]);
    const bins = distribution({ ...totalsOf(grades), points: 410 }, 20);
    expect(bins.length).toBeLessThanOrEqual(20);
    expect(bins.at(-1)?.to).toBe(410);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(distribution(totalsOf(classOf([])), 20)).toEqual([{ from: 0, to: 0, count: 0 }]);
  });

  it("write points as people do", () => {
    expect([1, 1.5, 1.006, -0.25].map(pointsText)).toEqual(["1", "1.5", "1.01", "-0.25"]);
  });
});
