import { describe, expect, it } from "vitest";
import { mergeJson } from "./merge-json.ts";
import { mergeText } from "./merge-text.ts";

const lines = (...all: readonly string[]) => `${all.join("\n")}\n`;
const base = lines(
  "/** Adds. */",
  "export function add(a: number): number {",
  "  // Your code here.",
  '  return notImplemented("x");',
  "}",
);
const yours = base.replace("  // Your code here.\n", "  let sum = a;\n").replace('notImplemented("x")', "sum + 1");

const windows = (text: string) => text.replaceAll("\n", "\r\n");

const merge = (yourValue: object, baseValue: object, nextValue: object) => {
  const { text, overruled } = mergeJson(JSON.stringify(yourValue), JSON.stringify(baseValue), JSON.stringify(nextValue));
  return [JSON.parse(text), overruled];
};

describe("two changes of a text", () => {
  it("are joined where they are in different places: a new comment over a written function", () => {
    const next = base.replace("Adds.", "Adds one, and wraps around.");
    expect(mergeText(yours, base, next, "kit 2")).toEqual({ text: yours.replace("Adds.", "Adds one, and wraps around."), conflicts: 0 });
  });

  it("are marked where they are in the same place, with both whole", () => {
    const next = base.replace('  return notImplemented("x");', '  return notImplemented("y");');
    expect(mergeText(yours, base, next, "kit 2")).toEqual({
      text: lines(
        "/** Adds. */",
        "export function add(a: number): number {",
        "<<<<<<< yours",
        "  let sum = a;",
        "  return sum + 1;",
        "=======",
        "  // Your code here.",
        '  return notImplemented("y");',
        ">>>>>>> kit 2",
        "}",
      ),
      conflicts: 1,
    });
  });

  it("that are the same one are one", () => {
    expect(mergeText(yours, base, yours, "kit 2")).toEqual({ text: yours, conflicts: 0 });
  });

  it("keep the line ends of the first", () => {
    const next = base.replace("Adds.", "Adds one.");
    expect(mergeText(windows(yours), base, next, "kit 2").text).toBe(windows(yours.replace("Adds.", "Adds one.")));
  });
});

describe("two changes of an object", () => {
  it("are joined member by member", () => {
    expect(
      merge(
        { scripts: { check: "1", mine: "m" }, dependencies: { a: "1", own: "7" } },
        { scripts: { check: "1", old: "o" }, dependencies: { a: "1" } },
        { scripts: { check: "2", old: "o", more: "3" }, dependencies: { a: "2" }, version: "2" },
      ),
    ).toEqual([{ scripts: { check: "2", more: "3", mine: "m" }, dependencies: { a: "2", own: "7" }, version: "2" }, []]);
  });

  it("leave the kit's value where both differ, and say so", () => {
    expect(merge({ a: { b: [1] } }, { a: { b: [0] } }, { a: { b: [2] } })).toEqual([{ a: { b: [2] } }, ["a.b"]]);
  });

  it("are refused when one is no JSON", () => {
    expect(() => mergeJson("{", "{}", "{}")).toThrow(SyntaxError);
  });
});
