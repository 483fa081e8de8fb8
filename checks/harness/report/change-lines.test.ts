import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import type { Change } from "../check-result.ts";
import { changeLines, overviewChangeLines } from "./change-lines.ts";

const style = { paint: new Chalk({ level: 0 }), width: 80 };
const change = (passing: readonly string[], failing: readonly string[], lab: Change["lab"] = "lab-1"): Change => ({
  lab,
  newlyPassing: passing.map((name) => `${lab}.${name}`),
  newlyFailing: failing.map((name) => `${lab}.${name}`),
  newlyFinished: false,
});

describe("what changed", () => {
  it("is named when it is little, and counted when it is much", () => {
    expect(changeLines(change(["a", "b", "c"], ["d"]), style)).toEqual([
      "  since the last run: 3 newly passing (a, b, c), 1 newly failing (d)",
    ]);
    expect(changeLines(change(["a", "b", "c", "d"], []), style)).toEqual(["  since the last run: 4 newly passing"]);
  });

  it("is not told when nothing did", () => {
    expect(changeLines(undefined, style)).toEqual([]);
    expect(changeLines(change([], []), style)).toEqual([]);
    expect(overviewChangeLines([change([], []), change([], [], "lab-2")], style)).toEqual([]);
  });

  it("of several labs is told with their names, in lines that fit", () => {
    const lines = overviewChangeLines([change(["a"], ["b"]), change([], [], "lab-2"), change([], ["x".repeat(60)], "lab-3")], style);
    expect(lines.join(" ").replace(/\s+/g, " ").trim()).toBe(
      `since the last run: lab-1 1 newly passing (a), 1 newly failing (b); lab-3 1 newly failing (${"x".repeat(60)})`,
    );
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});
