import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { labResult, result } from "#checks/harness/report/example-results.ts";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { historyFile, type LabHistory, readHistories, rememberRuns, type WholeRun } from "./history.ts";
import type { LocalFile } from "./local-file.ts";

const newFile = (): LocalFile => ({ ...historyFile, path: join(temporaryFolder(), "history.json") });

/** A run in which the checks with a capital letter pass. */
function run(names: string, more: Partial<WholeRun["result"]> = {}, owner = "me"): WholeRun {
  const checks = names.split("").map((name) => result(name.toLowerCase(), name < "a" ? "passed" : "failed", { points: 2 }));
  return { owner, result: labResult(checks, more) };
}

const only = ({ changes: [change] }: ReturnType<typeof rememberRuns>) => change;
const namesOf = (file: LocalFile) => readHistories(file).histories.map(({ lab, whose }) => `${whose} ${lab}`);

describe("the history of runs", () => {
  it("says what changed since the run before", () => {
    const file = newFile();
    expect(only(rememberRuns([run("aBc")], 1, file))).toMatchObject({ newlyPassing: [], newlyFailing: [], newlyFinished: false });
    expect(only(rememberRuns([run("Abc")], 2, file))).toMatchObject({ newlyPassing: ["lab-1.a"], newlyFailing: ["lab-1.b"] });
    expect(only(rememberRuns([run("Abc")], 3, file))).toMatchObject({ newlyPassing: [], newlyFailing: [] });
    // A check that is new is no change of the student's.
    expect(only(rememberRuns([run("AbcDe")], 4, file))).toMatchObject({ newlyPassing: [], newlyFailing: [] });
  });

  it("says once that a lab is finished, and again when it was not in between", () => {
    const file = newFile();
    const typeFault = { file: "a.ts", line: 1, column: 1, message: "no", source: "" };
    const finished = [run("AB"), run("AB"), run("Ab"), run("AB"), run("AB", { typeFaults: [typeFault] }), run("AB")].map(
      (each, index) => only(rememberRuns([each], index, file))?.newlyFinished,
    );
    expect(finished).toEqual([true, false, false, true, false, true]);
  });

  it("keeps points over time: a stretch for runs that are alike", () => {
    const file = newFile();
    for (const [at, names] of ["abc", "abc", "aBc", "Abc", "ABC", "ABC"].entries()) rememberRuns([run(names)], at, file);
    const [history] = readHistories(file).histories;
    expect(history?.stretches).toEqual([
      { at: 0, earned: 0, points: 6 },
      { at: 2, earned: 2, points: 6 },
      { at: 4, earned: 6, points: 6 },
    ]);
    expect(history?.last).toEqual({ at: 4, passed: ["lab-1.a", "lab-1.b", "lab-1.c"], left: [], finished: true });
  });

  it("is not written when a run was like the one before", () => {
    const file = newFile();
    rememberRuns([run("aB")], 1, file);
    const before = readFileSync(file.path, "utf8");
    rememberRuns([run("aB")], 2, file);
    expect(readFileSync(file.path, "utf8")).toBe(before);
  });

  it("is one of each lab and each folder of code", () => {
    const file = newFile();
    rememberRuns([run("ab"), run("AB", { lab: "lab-2" })], 1, file);
    expect(only(rememberRuns([run("Ab", {}, "you")], 2, file))).toMatchObject({ newlyPassing: [] });
    expect(only(rememberRuns([run("Ab")], 3, file))).toMatchObject({ newlyPassing: ["lab-1.a"] });
    expect(namesOf(file).toSorted()).toEqual(["me lab-1", "me lab-2", "you lab-1"]);
    expect(rememberRuns([], 4, file)).toEqual({ changes: [], damaged: false });
  });

  it("is bounded, and keeps its beginning and all that is new", () => {
    const file = newFile();
    for (let at = 0; at < 320; at++) rememberRuns([run(at % 2 === 0 ? "aB" : "AB")], at, file);
    const times = readHistories(file).histories[0]?.stretches.map(({ at }) => at) ?? [];
    expect(times.length).toBeLessThanOrEqual(300);
    expect(times[0]).toBe(0);
    expect(times.slice(-100)).toEqual(Array.from({ length: 100 }, (_, index) => 220 + index));
    for (let owner = 0; owner < 60; owner++) rememberRuns([run("a", {}, `owner ${owner}`)], 1_000 + owner, file);
    expect(namesOf(file).length).toBe(50);
    expect(namesOf(file).at(-1)).toBe("owner 59 lab-1");
  });

  it.each([
    ["is no JSON", "{"],
    ["is another's", '{"format": "other", "labs": []}'],
    ["has no list", '{"format": "4over6-lab-kit/history/v1"}'],
    ["has a broken entry", '{"format": "4over6-lab-kit/history/v1", "labs": [{"lab": "lab-1"}]}'],
  ])("begins anew, and says so, when the file %s", (_name, content) => {
    const file = newFile();
    writeFileSync(file.path, content);
    expect(readHistories(file)).toEqual({ histories: [], damaged: true });
    expect(rememberRuns([run("A")], 1, file).damaged).toBe(true);
    expect(rememberRuns([run("A")], 2, file).damaged).toBe(false);
    expect(namesOf(file)).toEqual(["me lab-1"]);
  });

  it("leaves out what is no history, and keeps the rest", () => {
    const file = newFile();
    rememberRuns([run("A")], 1, file);
    const [right] = readHistories(file).histories as [LabHistory];
    const wrong = [
      null,
      { ...right, lab: "lab-9" },
      { ...right, whose: 1 },
      { ...right, stretches: [] },
      { ...right, stretches: [{ at: 1, earned: -1, points: 2 }] },
      { ...right, stretches: [{ at: "1", earned: 1, points: 2 }] },
      { ...right, last: { ...right.last, passed: [1] } },
      { ...right, last: { ...right.last, left: "x" } },
      { ...right, last: { ...right.last, finished: "yes" } },
    ];
    writeFileSync(file.path, JSON.stringify({ format: file.format, labs: [...wrong, right] }));
    expect(readHistories(file)).toEqual({ histories: [right], damaged: true });
  });
});
