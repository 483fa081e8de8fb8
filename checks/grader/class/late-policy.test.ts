import { describe, expect, it } from "vitest";
import type { LabGrade } from "#checks/grader/model/grade.ts";
import { daysLate, lateAdjustments, readLatePolicy } from "./late-policy.ts";

const due = "2026-03-28T23:59:00+01:00";
const policy = (settings: object) => readLatePolicy(JSON.stringify({ due, percentPerDay: 10, ...settings }), "late.json");
const lab = (id: "lab-1" | "lab-2", earned: number) => ({ lab: id, earned }) as LabGrade;
const grade = (submittedAt: string | undefined, more: object = {}) => ({
  submission: {
    id: "team-1",
    source: "archive" as const,
    students: [{ id: "ann", name: "Ann" }],
    refused: [],
    ...(submittedAt === undefined ? {} : { submittedAt }),
    ...more,
  },
  labs: [lab("lab-1", 60), lab("lab-2", 27)],
  earned: 87,
});
const adjust = (submittedAt: string | undefined, settings: object = {}) => lateAdjustments(grade(submittedAt), policy(settings));

describe("being late", () => {
  it.each([
    ["at the last moment", "2026-03-28T22:59:00.000Z", []],
    ["a moment later", "2026-03-28T22:59:00.001Z", [{ kind: "late", points: -8.7, why: "1 day late: 10 % of 87 points" }]],
    ["a day later", "2026-03-29T22:59:00.000Z", [{ kind: "late", points: -8.7, why: "1 day late: 10 % of 87 points" }]],
    ["a day and a moment later", "2026-03-29T22:59:00.001Z", [{ kind: "late", points: -17.4, why: "2 days late: 20 % of 87 points" }]],
    ["a year later", "2027-03-28T00:00:00.000Z", [{ kind: "late", points: -87, why: "365 days late: 100 % of 87 points" }]],
    ["nobody knows when", undefined, []],
  ])("%s", (_, submittedAt, expected) => expect(adjust(submittedAt)).toEqual(expected));

  it("is forgiven for a while, and then counts from the beginning", () => {
    expect(adjust("2026-03-28T23:14:00Z", { graceMinutes: 15 })).toEqual([]);
    expect(adjust("2026-03-28T23:14:00.001Z", { graceMinutes: 15 })).toMatchObject([{ points: -8.7 }]);
    expect(adjust("2026-03-29T23:00:00Z", { graceMinutes: 15 })).toMatchObject([{ points: -17.4 }]);
  });

  it("costs no more than the most, and everything when it is not accepted any more", () => {
    const settings = { mostPercent: 25, acceptedDays: 7 };
    expect(adjust("2026-04-04T22:59:00Z", settings)).toMatchObject([{ points: -21.75, why: "7 days late: 25 % of 87 points" }]);
    expect(adjust("2026-04-04T22:59:01Z", settings)).toMatchObject([{ points: -87, why: "8 days late, and 7 are accepted" }]);
  });

  it("may be allowed, for a student, a group or a submission; never to their harm", () => {
    const at = "2026-04-01T10:00:00Z";
    for (const who of ["ann", "team-1"]) expect(adjust(at, { extensions: { [who]: "2026-04-01T12:00:00+02:00" } })).toEqual([]);
    expect(lateAdjustments(grade(at, { group: "blue" }), policy({ extensions: { blue: "2026-04-02T12:00:00+02:00" } }))).toEqual([]);
    expect(adjust(at, { extensions: { bob: "2026-04-02T12:00:00+02:00" } })).toHaveLength(1);
    expect(adjust("2026-03-28T22:00:00Z", { extensions: { ann: "2026-03-01T12:00:00+02:00" } })).toEqual([]);
  });

  it("counts for each lab that is due", () => {
    expect(adjust("2026-03-29T10:00:00Z", { due: { "lab-1": due, "lab-3": due } })).toEqual([
      { kind: "late", points: -6, why: "1 day late: 10 % of 60 points", lab: "lab-1" },
    ]);
  });

  it("is counted by the clocks of a place when one is named: the day on which they change has 23 hours", () => {
    const [sunday, next] = [new Date("2026-03-29T21:59:00Z"), new Date("2026-03-29T21:59:00.001Z")];
    const when = new Date(due);
    expect([sunday, next].map((moment) => daysLate(moment, when, { graceMinutes: 0, timeZone: "Europe/Berlin" }))).toEqual([1, 2]);
    expect([sunday, next].map((moment) => daysLate(moment, when, { graceMinutes: 0 }))).toEqual([1, 1]);
    const local = policy({ due: "2026-03-28T23:59", timeZone: "Europe/Berlin" });
    expect(local.due).toEqual(when);
  });
});

it.each([
  ["[1]", "late.json is a JSON object, such as"],
  ["{", "late.json is not JSON"],
  ['{"due":"x","percentPerDay":1}', "late.json: due x is no moment"],
  ['{"due":"2026-03-28T23:59","percentPerDay":1}', "late.json: due 2026-03-28T23:59 says no time zone"],
  ['{"due":"2026-03-28T23:59Z"}', "late.json: percentPerDay is missing"],
  ['{"due":"2026-03-28T23:59Z","percentPerDay":101}', "late.json: percentPerDay is a number from 0 to 100"],
  [
    '{"due":"2026-03-28T23:59Z","percentPerDay":1,"grace":5}',
    "late.json: there is no setting grace; there are due, timeZone, graceMinutes",
  ],
  ['{"due":{"lab-9":"2026-03-28T23:59Z"},"percentPerDay":1}', "late.json: due names lab-9, and the labs are lab-1"],
  ['{"due":"2026-03-28T23:59","percentPerDay":1,"timeZone":"Mars"}', "late.json: Mars is no time zone"],
  ['{"due":"2026-03-28T23:59Z","percentPerDay":1,"extensions":{"ann":3}}', "late.json: the extension of ann is a moment"],
])("%s is refused", (text, message) => expect(() => readLatePolicy(text, "late.json")).toThrow(message));
