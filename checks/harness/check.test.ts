import { describe, expect, it } from "vitest";
import { type Check, defineLab, type LabChecks } from "./check.ts";

type Lab = { readonly answer: () => number };

const check = (id: string): Check<Lab> => ({ id, title: "t", rule: "r", hints: ["a", "b", "c"], run: async () => {} });

function lab(ids: readonly string[], points: Readonly<Record<string, number>>): LabChecks<Lab> {
  return { id: "lab-1", title: "t", handout: "h", shape: { answer: "call" }, checks: ids.map(check), points };
}

describe("defineLab", () => {
  it("takes a lab whose checks and manifest agree", () => {
    const fine = lab(["lab-1.a", "lab-1.b"], { "lab-1.a": 1, "lab-1.b": 0 });
    expect(defineLab(fine)).toBe(fine);
  });

  it.each([
    ["a check that is there twice", ["lab-1.a", "lab-1.a"], { "lab-1.a": 1 }, "lab-1.a is there twice"],
    ["a check of another lab", ["lab-2.a"], { "lab-2.a": 1 }, "lab-2.a does not begin with lab-1."],
    ["a check without points", ["lab-1.a", "lab-1.b"], { "lab-1.a": 1 }, "lab-1.b has no points in the manifest"],
    ["points without a check", ["lab-1.a"], { "lab-1.a": 1, "lab-1.z": 1 }, "lab-1.z stands in the manifest, but there is no such check"],
    ["points that are no number of points", ["lab-1.a"], { "lab-1.a": -1 }, "lab-1.a is worth -1"],
  ])("refuses %s", (_name, ids, points, message) => {
    expect(() => defineLab(lab(ids, points))).toThrow(message);
  });

  it("tells all faults at once", () => {
    expect(() => defineLab(lab(["lab-1.a", "lab-3.b"], { "lab-1.c": 1 }))).toThrow(/lab-3\.b does not.*lab-1\.a has no.*lab-1\.c stands/);
  });
});
