import { describe, expect, it } from "vitest";
import type { CheckGrade } from "#checks/grader/model/grade.ts";
import type { LabChecks } from "#checks/harness/check.ts";
import { lab3 } from "#checks/lab-3-heartbeat/lab.ts";
import { markHidden, readHiddenChecks, withHiddenChecks } from "./hidden-checks.ts";

const run = async () => {};
const read = (exports: Readonly<Record<string, unknown>>) =>
  readHiddenChecks([{ name: "a.check.ts", source: "text", exports }], ["lab-3.regular"]);
const good = {
  checks: [{ id: "lab-3.mine", title: "Mine", rule: "RFC 1", hints: ["a", "b", "c"], run }],
  points: { "lab-3.mine": 2 },
  category: "timing",
};

describe("hidden checks", () => {
  it("come behind those of the lab, with their points, and their grades are marked", () => {
    const hidden = read(good);
    expect(hidden.sources).toEqual([["hidden/a.check.ts", "text"]]);
    const lab = lab3 as unknown as LabChecks<unknown>;
    const both = withHiddenChecks(lab, hidden);
    expect(both.checks.length).toBe(lab.checks.length + 1);
    expect(both.checks.at(-1)).toEqual(good.checks[0]);
    expect(both.points["lab-3.mine"]).toBe(2);
    expect(withHiddenChecks({ ...lab, id: "lab-1" }, hidden).checks).toBe(lab.checks);
    const grades = ["lab-3.regular", "lab-3.mine"].map((id) => ({ id, hidden: false }) as CheckGrade);
    expect(markHidden(grades, hidden)).toEqual([
      { id: "lab-3.regular", hidden: false },
      { id: "lab-3.mine", hidden: true, category: "timing" },
    ]);
  });

  it.each([
    [{}, "it exports no list of checks"],
    [{ ...good, checks: [] }, "it exports no list of checks"],
    [{ ...good, points: undefined }, "it exports no points"],
    [{ ...good, points: {} }, "points say no number for lab-3.mine"],
    [{ ...good, points: { "lab-3.mine": -1 } }, "points say no number for lab-3.mine"],
    [{ ...good, category: 3 }, "its category is no text"],
    [{ ...good, checks: [{ id: "mine", run }] }, "mine needs an id such as lab-3.my-check"],
    [{ ...good, checks: [{ run }] }, "a check needs an id such as lab-3.my-check"],
    [{ ...good, checks: [{ id: "lab-3.regular", run }] }, "there is a check lab-3.regular already"],
    [{ ...good, checks: [good.checks[0], good.checks[0]] }, "there is a check lab-3.mine already"],
    [{ ...good, checks: [{ id: "lab-3.mine" }] }, "lab-3.mine has no function run"],
  ])("%j are refused", (exports, message) => expect(() => read(exports)).toThrow(`--hidden, a.check.ts: ${message}`));
});
