import { describe, expect, it } from "vitest";
import type { LabGrade, SubmissionGrade } from "#checks/grader/model/grade.ts";
import { adjustGrade } from "./adjust-grade.ts";
import { readLatePolicy } from "./late-policy.ts";
import { readOverrides, requireKnown } from "./overrides.ts";

const checks = ["lab-1.checksum-example", "lab-3.regular"];
const read = (text: string) => readOverrides(text, "overrides.csv", checks);
const grade = {
  submission: { id: "team-1", source: "archive", students: [{ id: "ann", name: "Ann" }], refused: [], submittedAt: "2026-04-02T12:00:00Z" },
  labs: [{ lab: "lab-1" } as LabGrade],
  earned: 50,
  points: 60,
} as unknown as SubmissionGrade;
const adjusted = (text: string, late?: object) => {
  const policy = late === undefined ? undefined : readLatePolicy(JSON.stringify(late), "late.json");
  const { adjustments, total } = adjustGrade(grade, { late: policy, overrides: read(text) });
  return { adjustments, total };
};

describe("points by hand", () => {
  it("come from a table or from JSON", () => {
    const expected = [
      { line: 2, submission: "ann", lab: "lab-3", check: "lab-3.regular", points: 1.5, reason: "Right, but late; see mail" },
      { line: 3, submission: "team-1", lab: "lab-1", check: undefined, points: -3, reason: "Copied" },
    ];
    expect(
      read('submission;lab;check;points;reason\nann;;lab-3.regular;1,5;"Right, but late; see mail"\nteam-1;lab-1;;-3;Copied\n'),
    ).toEqual(expected);
    const list = expected.map(({ submission, lab, check, points, reason }) => ({
      submission,
      lab,
      ...(check === undefined ? {} : { check }),
      points,
      reason,
    }));
    expect(read(JSON.stringify(list))).toEqual(expected.map((each) => ({ ...each, line: each.line - 1 })));
  });

  it.each([
    ["submission,points,reason\nann,1,\n", "overrides.csv, line 2: it says no reason, and points that are given by hand need one."],
    ["submission,points,reason\nann,many,x\n", "overrides.csv, line 2: points many is no number of points."],
    ["submission,points,reason\nann,,x\n", "overrides.csv, line 2: points  is no number of points."],
    ["submission,points,reason\n,1,x\n", "overrides.csv, line 2: it says no submission."],
    [
      "submission,points,reason,check\nann,1,x,lab-3.regulra\n",
      "overrides.csv, line 2: there is no check lab-3.regulra. Did you mean lab-3.regular",
    ],
    ["submission,points,reason,check,lab\nann,1,x,lab-3.regular,lab-1\n", "overrides.csv, line 2: lab-3.regular is no check of lab-1."],
    ["submission,points\nann,1\n", "overrides.csv, line 1: there is no column reason."],
    ['[{"submission":"ann","reason":"x"}]', "overrides.csv, entry 1: points  is no number of points."],
    ["[1]", "overrides.csv, entry 1: it is no object."],
    ["[", "overrides.csv is not JSON"],
  ])("%j is refused", (text, message) => expect(() => read(text)).toThrow(message));

  it("are added to what the checks gave, after what was taken off for being late, and the total stays possible", () => {
    expect(adjusted("submission,points,reason\nann,4,Explained it\nbob,9,x\n")).toEqual({
      adjustments: [{ kind: "override", points: 4, why: "Explained it" }],
      total: 54,
    });
    expect(adjusted("submission,points,reason,lab\nteam-1,40,a,\nteam-1,1,b,lab-1\n").total).toBe(60);
    expect(adjusted("submission,points,reason\nteam-1,-51,a\n").total).toBe(0);
    expect(adjusted("submission,points,reason\nteam-1,1,a\n", { due: "2026-04-01T23:59Z", percentPerDay: 10 })).toEqual({
      adjustments: [
        { kind: "late", points: -5, why: "1 day late: 10 % of 50 points" },
        { kind: "override", points: 1, why: "a" },
      ],
      total: 46,
    });
  });

  it("of a check or of a lab that was not graded do not count, and say which check", () => {
    expect(adjusted("submission,points,reason,check\nann,1,x,lab-3.regular\nann,2,y,lab-1.checksum-example\n").adjustments).toEqual([
      { kind: "override", points: 2, why: "lab-1.checksum-example: y", lab: "lab-1" },
    ]);
  });

  it("for somebody who is not there are an error", () => {
    const overrides = read("submission,points,reason\nanne,1,x\n");
    expect(() => requireKnown(overrides, "overrides.csv", [grade.submission])).toThrow(
      "overrides.csv: nothing was handed in by anne or under that name. Did you mean ann?",
    );
  });
});
