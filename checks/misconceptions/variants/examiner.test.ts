import { afterAll, describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { createExaminer } from "./examiner.ts";
import { applyEdits, type Variant } from "./variant.ts";

const find = "dead = true;";
const check = "lab-3.dead-once";
const variant = (replace: string): Variant => ({
  name: "made-up",
  says: "is made up",
  lab: "lab-3",
  file: "heartbeat.ts",
  check,
  edits: [{ find, replace }],
});

describe("edits", () => {
  it("are made where their text stands, as they are", () => {
    const edits = [
      { find: "b", replace: "$& $1" },
      { find: "c", replace: "d" },
    ];
    expect(applyEdits("a b c", edits)).toBe("a $& $1 d");
  });

  it("must apply exactly once, and change something", () => {
    expect(() => applyEdits("a b", [{ find: "c", replace: "d" }])).toThrow("0 times, not once: c");
    expect(() => applyEdits("a a", [{ find: "a", replace: "d" }])).toThrow("2 times, not once: a");
    expect(() => applyEdits("a b", [{ find: "a", replace: "a" }])).toThrow("changes nothing: a");
  });
});

describe.skipIf(!hasReference)("a variant", () => {
  const examiner = createExaminer();
  afterAll(() => examiner.close());

  it("fails its check, with a story", async () => {
    const [result] = await examiner.examine(variant("dead = false;"), { ids: [check] });
    expect(result?.status).toBe("failed");
    expect(result?.failure?.story.at(-1)).toMatchObject({ verb: "dead" });
  });

  it("is tried by all required checks, each of which says whether it generates its inputs", async () => {
    const results = await examiner.examine(variant("dead = !dead;"));
    expect(results.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
    const isSeeded = (id: string) => results.find((result) => result.id === id)?.isSeeded;
    expect([isSeeded("lab-3.heartbeat-model"), isSeeded(check)]).toEqual([true, false]);
  });

  it("that never comes back costs the checks that reach it, and no others", { timeout: 300_000 }, async () => {
    const ids = ["lab-3.dead-after", check, "lab-3.timing-misuse"];
    const results = await examiner.examine(variant("for (;;) dead = true;"), { ids });
    expect(results.map(({ id, status }) => [id, status])).toEqual([
      ["lab-3.dead-after", "endless"],
      [check, "endless"],
      ["lab-3.timing-misuse", "passed"],
    ]);
  });

  it("that throws when nobody called it fails the check that is running", async () => {
    const [result] = await examiner.examine(variant('setImmediate(() => { throw new Error("stray"); });\n      dead = true;'), {
      ids: [check],
    });
    expect(result).toMatchObject({ status: "failed", failure: { detail: [{ text: "Error: stray" }, {}] } });
  });

  it("that cannot be read, or names no check, is an error", async () => {
    await expect(examiner.examine(variant("dead = ;"))).rejects.toThrow("Unexpected");
    await expect(examiner.examine({ ...variant("dead = false;"), check: "lab-3.no-such-check" })).rejects.toThrow(
      "There is no check lab-3.no-such-check.",
    );
  });
});
