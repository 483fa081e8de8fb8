import { describe, expect, it } from "vitest";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { LabChecks } from "#checks/harness/check.ts";
import { findCheck } from "./find-check.ts";

function lab(id: "lab-1" | "lab-2", names: readonly string[]): LabChecks<unknown> {
  const checks = names.map((name) => ({
    id: `${id}.${name}`,
    title: name,
    rule: "r",
    hints: ["a", "b", "c"] as const,
    run: async () => {},
  }));
  return { id, title: id, handout: "h", shape: {}, checks, points: {} };
}

const labs = [lab("lab-1", ["split", "split-twice", "glued", "noise"]), lab("lab-2", ["take", "noise"])];
const found = (name: string) => findCheck(labs, name).check.id;

describe("the check of a name", () => {
  it.each([
    ["lab-1.split", "lab-1.split"],
    ["split", "lab-1.split"],
    ["take", "lab-2.take"],
    ["lab-2.noise", "lab-2.noise"],
    ["twice", "lab-1.split-twice"],
  ])("%s is %s", (name, id) => {
    expect(found(name)).toBe(id);
    expect(findCheck(labs, name).lab.id).toBe(id.slice(0, 5));
  });

  it.each([
    ["noise", "noise fits 2 checks; which one? lab-1.noise, lab-2.noise."],
    ["lab-1.", "lab-1. fits 4 checks; which one? lab-1.split, lab-1.split-twice, lab-1.glued, lab-1.noise."],
    ["glud", "No check is called glud, and no name contains it. Did you mean lab-1.glued?"],
    ["", "No check is called , and no name contains it."],
  ])("%j is asked about again", (name, message) => {
    expect(() => found(name)).toThrow(UsageError);
    expect(() => found(name)).toThrow(message);
  });

  it("is not listed without end when it fits very many", () => {
    const many = [
      lab(
        "lab-1",
        Array.from({ length: 40 }, (_, i) => `decode-${i}`),
      ),
    ];
    expect(() => findCheck(many, "decode")).toThrow(
      /^decode fits 40 checks; which one\? (?:lab-1\.decode-\d, ){5}lab-1\.decode-5, and 34 more\.$/,
    );
  });
});
