import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { runVariant } from "./run-variant.ts";
import { applyEdits, type Variant } from "./variant.ts";

const find = "dead = true;";
const variant = (replace: string): Variant => ({
  name: "made-up",
  says: "is made up",
  lab: "lab-3",
  file: "heartbeat.ts",
  check: "lab-3.dead-once",
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
  it("fails its check, with a story", async () => {
    const { status, failure } = await runVariant(variant("dead = false;"));
    expect(status).toBe("failed");
    expect(failure?.story.at(-1)).toMatchObject({ verb: "dead" });
  });

  it("that does nothing wrong passes", async () => {
    expect(await runVariant(variant("dead = !dead;"))).toMatchObject({ status: "passed" });
  });

  it("that cannot be read, or names no check, is an error", async () => {
    await expect(runVariant(variant("dead = ;"))).rejects.toThrow("Unexpected");
    await expect(runVariant({ ...variant("dead = false;"), check: "lab-3.no-such-check" })).rejects.toThrow(
      "There is no check lab-3.no-such-check.",
    );
  });
});
