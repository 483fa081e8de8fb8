import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import type { LabResult } from "../check-result.ts";
import { loadFailure } from "../load-failure.ts";
import { columnsOf } from "./columns.ts";
import { everything, labResult, notStarted, result } from "./example-results.ts";
import { labLines, type Telling, toldFailures } from "./lab-lines.ts";

const failure = { story: [], at: undefined, headline: "wrong", detail: [] };
const linesOf = (lab: LabResult, options?: Telling, width = 80) =>
  labLines(lab, { paint: new Chalk({ level: 0 }), width }, options).flatMap((line) => line.split("\n"));

describe("a lab's report", () => {
  it("of a finished lab is its sum", () => {
    expect(linesOf(labResult([result("a", "passed"), result("b", "passed")]))).toEqual([
      "lab-1  codec                                                    labs/lab-1-codec",
      "",
      "  2 passed                                                            4/4 points",
    ]);
  });

  it("counts what is not started apart from what is wrong, and names the next step", () => {
    const lines = linesOf(labResult([result("a", "passed"), notStarted, result("b", "failed", { failure })]));
    expect(lines).toContain("  1 passed, 1 failed, 1 not started                                   2/6 points");
    expect(lines.slice(-2)).toEqual([
      "  next  lab-1 message: encode is not implemented yet;",
      "        docs/lab-1-codec.md#messages explains it. First check: lab-1.encode.",
    ]);
    expect(lines.some((line) => line.startsWith("x lab-1.b"))).toBe(true);
    expect(lines.some((line) => line.startsWith("x lab-1.encode"))).toBe(false);
  });

  it("with traces tells of every check, whether it passed or not", () => {
    const trace = { story: [{ at: 0, verb: "call", words: "f()" }], timed: false, earlierRuns: 0 };
    const checks = ["a", "b", "c", "d"].map((name) => result(name, "failed", { failure, trace }));
    const lines = linesOf(labResult([result("fine", "passed", { trace }), ...checks]), { trace: true });
    expect(lines.filter((line) => line.includes("│ call f()")).length).toBe(5);
    expect(lines).toContain("ok lab-1.fine  2/2 points");
    expect(lines.filter((line) => line.startsWith("x ")).length).toBe(4);
    expect(lines.join("\n")).not.toContain("more check");
  });

  it("tells the first failures only, unless asked for all", () => {
    const checks = ["a", "b", "c", "d"].map((name) => result(name, "failed", { failure }));
    const lab = labResult([result("fine", "passed"), notStarted, ...checks]);
    expect(toldFailures(lab, {})).toEqual(checks.slice(0, 3));
    expect(toldFailures(lab, { all: true })).toEqual(checks);
    expect(toldFailures(lab, { trace: true })).toEqual(checks);
  });

  it("names the failing check to look at next, with its hint", () => {
    expect(linesOf(labResult([result("a", "failed", { failure }), notStarted])).slice(-1)).toEqual([
      "  next  lab-1.a: A message is delivered with its last byte. npm run hint lab-1.a",
    ]);
  });

  it("says that a file which cannot be loaded comes first: a hint about the check would be of no use", () => {
    const unloaded = { ...failure, headline: loadFailure("encodeMessage") };
    expect(linesOf(labResult([result("a", "failed", { failure: unloaded }), notStarted])).slice(-2)).toEqual([
      "  next  lab-1.a: the file with encodeMessage cannot be loaded. The story above",
      "        says why; mend that first.",
    ]);
  });

  it("tells three stories, and the other failures by name", () => {
    const failed = ["a", "b", "c", "d", "e"].map((name) => result(name, "failed", { failure }));
    const lines = linesOf(labResult(failed));
    expect(lines.filter((line) => line.startsWith("x lab-1.")).length).toBe(3);
    expect(lines).toContain("  2 more checks fail; --only NAME tells the story of one:");
    expect(lines).toContain("    d e");
    expect(linesOf(labResult(failed), { all: true }).filter((line) => line.startsWith("x lab-1.")).length).toBe(5);
    expect(linesOf(labResult(failed.slice(0, 4)))).toContain("  1 more check fails; --only NAME tells the story of one:");
  });

  it("says what did not end and what crashed", () => {
    const lines = linesOf(labResult([result("a", "endless", { failure }), result("b", "crashed", { failure })]));
    expect(lines).toContain("  1 failed, 1 did not end                                             0/4 points");
  });

  it("shows type errors first, with the source line and a mark", () => {
    const fault = {
      file: "labs/lab-1-codec/message.ts",
      line: 12,
      column: 11,
      message: "Type 'string' is not…",
      source: "\tconst a: string = 1;",
    };
    const lines = linesOf(labResult([result("a", "passed")], { typeFaults: [fault] }));
    expect(lines.slice(1, 6)).toEqual([
      "",
      "  type error  labs/lab-1-codec/message.ts:12:11",
      "    Type 'string' is not…",
      "      12 |   const a: string = 1;",
      "         |            ^",
    ]);
    expect(lines.at(-1)).toBe("  next  Mend the type error above.");
  });

  it("keeps the mark below its column in a long line", () => {
    const source = `${"// far ".repeat(30)}wrong();`;
    const fault = { file: "m.ts", line: 1, column: source.indexOf("wrong") + 1, message: "m", source };
    const lines = linesOf(labResult([], { typeFaults: [fault] }));
    const mark = lines.findIndex((line) => line.trim() === "|" || /^ +\| +\^$/.test(line));
    expect(lines[mark - 1]?.slice(lines[mark]?.indexOf("^"))).toMatch(/^wrong/);
  });

  it("shows five type errors and counts the others", () => {
    const fault = { file: "m.ts", line: 1, column: 1, message: "m", source: "s" };
    const lines = linesOf(labResult([], { typeFaults: Array.from({ length: 7 }, () => fault) }));
    expect(lines.filter((line) => line.includes("type error  ")).length).toBe(5);
    expect(lines).toContain("  and 2 more type errors");
  });

  it("says in each story how to run it again as it was run", () => {
    const story = { story: [], at: undefined, headline: "wrong", detail: [] };
    const lab = labResult([result("a", "failed", { failure: story }), result("b", "failed", { failure: story })]);
    const asked = { from: "../ann", integrated: true, misconception: undefined, seed: 7 };
    const again = (options: Parameters<typeof labLines>[2]) => linesOf(lab, options).filter((line) => line.startsWith("    again "));
    const lines = ["a", "b"].map((name) => `    again   npm run check lab-1 -- --only ${name} --from ../ann --integrated --seed 7`);
    expect(again(asked)).toEqual(lines);
    expect(again({ ...asked, trace: true })).toEqual(lines);
  });

  it.each([40, 80, 100])("is never wider than the terminal: %d columns", (width) => {
    const long = {
      file: `/home/me/${"deep/".repeat(40)}m.ts`,
      line: 12_345,
      column: 150,
      message: "M ".repeat(200),
      source: "加油\t".repeat(60),
    };
    const failed = Array.from({ length: 60 }, (_, i) =>
      result(`decode-short-${i}`, "failed", { failure: everything, printed: "x".repeat(300) }),
    );
    const lab = labResult([notStarted, ...failed], { folder: `/home/me/${"deep/".repeat(40)}lab-1-codec`, typeFaults: [long] });
    const wide = linesOf(lab, { all: true }, width).filter((line) => columnsOf(line) > width);
    expect(wide.filter((line) => width >= 80 || !/^ {4}(?:rule|hint|again) /.test(line))).toEqual([]);
  });
});
