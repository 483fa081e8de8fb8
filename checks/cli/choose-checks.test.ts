import { describe, expect, it } from "vitest";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { LabChecks } from "#checks/harness/check.ts";
import { chooseChecks } from "./choose-checks.ts";

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

const labs = [lab("lab-1", ["split", "split-twice", "glued", "both"]), lab("lab-2", ["take", "both"])];
const chosen = (...only: readonly string[]) => [...chooseChecks(labs, only).values()].flat();

describe("--only", () => {
  it("chooses all checks when it is not given", () => {
    expect(chosen()).toEqual(["lab-1.split", "lab-1.split-twice", "lab-1.glued", "lab-1.both", "lab-2.take", "lab-2.both"]);
  });

  it("chooses the check of exactly that name, with its lab or without", () => {
    expect(chosen("split")).toEqual(["lab-1.split"]);
    expect(chosen("lab-1.split")).toEqual(["lab-1.split"]);
    expect(chosen("both")).toEqual(["lab-1.both", "lab-2.both"]);
    expect(chosen("lab-2.both")).toEqual(["lab-2.both"]);
  });

  it("chooses all that contain the name when none is called so", () => {
    expect(chosen("spl")).toEqual(["lab-1.split", "lab-1.split-twice"]);
    expect(chosen("lab-2.")).toEqual(["lab-2.take", "lab-2.both"]);
  });

  it("may be given more than once, and keeps the labs' order", () => {
    expect(chosen("take", "glued", "glued")).toEqual(["lab-1.glued", "lab-2.take"]);
    expect([...chooseChecks(labs, ["take"]).entries()]).toEqual([
      ["lab-1", []],
      ["lab-2", ["lab-2.take"]],
    ]);
  });

  it.each([
    ["glud", "No check is called glud, and no name contains it. Did you mean lab-1.glued?"],
    ["zzzzzzzzzzzzz", "No check is called zzzzzzzzzzzzz, and no name contains it."],
    ["", "No check is called , and no name contains it."],
  ])("refuses %j, which fits none", (name, message) => {
    expect(() => chosen(name)).toThrow(UsageError);
    expect(() => chosen(name)).toThrow(message);
    expect(() => chosen("split", name)).toThrow(message);
  });
});
