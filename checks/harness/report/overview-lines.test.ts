import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import type { LabResult } from "../check-result.ts";
import { columnsOf } from "./columns.ts";
import { labResult, notStarted, result } from "./example-results.ts";
import { overviewLines } from "./overview-lines.ts";

const linesOf = (labs: readonly LabResult[], width = 80) =>
  overviewLines(labs, { paint: new Chalk({ level: 0 }), width }).flatMap((line) => line.split("\n"));
const passed = (count: number) => Array.from({ length: count }, (_, i) => result(`p${i}`, "passed", { points: 1 }));
const failure = { story: [], at: undefined, headline: "wrong", detail: [] };

describe("the overview", () => {
  it("gives each lab a line, and names the one next thing to do", () => {
    expect(
      linesOf([
        labResult(passed(80)),
        labResult([...passed(3), result("wrong", "failed", { failure, points: 1 })], { lab: "lab-2", title: "user pool" }),
        labResult([notStarted, notStarted], { lab: "lab-5", title: "ARP interface" }),
      ]),
    ).toEqual([
      "  lab-1  codec          ██████████  done            80/80 checks   80/80  points",
      "  lab-2  user pool      ███████░░░  in progress       3/4 checks    3/4   points",
      "  lab-5  ARP interface  ░░░░░░░░░░  not started       0/2 checks    0/4   points",
      "",
      "                                                                    83/88 points",
      "  next  lab-1.wrong: A message is delivered with its last byte.",
      "        npm run check lab-2",
    ]);
  });

  it("has nothing next when all is done", () => {
    expect(linesOf([labResult(passed(2))]).at(-1)).toMatch(/2\/2 points$/);
  });

  it("calls a lab with type errors neither done nor wrong", () => {
    const fault = { file: "m.ts", line: 1, column: 1, message: "m", source: "s" };
    const [line] = linesOf([labResult(passed(2), { typeFaults: [fault] })]);
    expect(line).toContain("type errors");
  });

  it.each([40, 80, 100])("is never wider than the terminal: %d columns", (width) => {
    const labs = [
      labResult(passed(100), { title: "ARP interface" }),
      labResult([...passed(99), { ...notStarted, missing: `${"long ".repeat(40)}${"x".repeat(200)}` }], { lab: "lab-2" }),
    ];
    expect(linesOf(labs, width).filter((line) => columnsOf(line) > width)).toEqual([]);
    if (width >= 80) expect(linesOf(labs, width)[0]).toMatch(/100\/100 checks +100\/100 points$/);
  });
});
