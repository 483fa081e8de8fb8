import { describe, expect, it } from "vitest";
import { didYouMean, nearNames } from "./near-names.ts";

const names = [
  "lab-1.decode-split",
  "lab-1.decode-glued",
  "lab-1.decode-generated",
  "lab-1.checksum-carry",
  "lab-1.checksum-zeros",
  "lab-5.pending-dropped",
];

describe("near names", () => {
  it.each([
    ["decode-glue", "lab-1.decode-glued"],
    ["decode-gleud", "lab-1.decode-glued"],
    ["lab-1.decode-spilt", "lab-1.decode-split"],
    ["Decode-Split", "lab-1.decode-split"],
    ["cheksum-carry", "lab-1.checksum-carry"],
    ["carry", "lab-1.checksum-carry"],
    ["pending", "lab-5.pending-dropped"],
    ["lab-5.checksum-carry", "lab-1.checksum-carry"],
  ])("%s is nearest to %s", (wrong, near) => {
    expect(nearNames(wrong, names)[0]).toBe(near);
  });

  it("are three at most, and none likely for what is far from all", () => {
    expect(nearNames("decode", names).length).toBe(3);
    expect(nearNames("zzzzzzzzzzzzzzzzzzzzzz", names)).toEqual([]);
    expect(nearNames("anything", [])).toEqual([]);
  });

  it("make a question, or nothing", () => {
    expect(didYouMean("carry", ["a.checksum-carry"])).toBe(" Did you mean a.checksum-carry?");
    expect(didYouMean("lab-9", ["lab-1", "lab-2"])).toBe(" Did you mean lab-1 or lab-2?");
    expect(didYouMean("lab-9", ["lab-1", "lab-2", "lab-3"])).toBe(" Did you mean lab-1, lab-2 or lab-3?");
    expect(didYouMean("zzzzzzzzzz", ["lab-1"])).toBe(" The nearest is lab-1.");
    expect(didYouMean("zzzzzzzzzz", ["lab-1", "lab-22"])).toBe(" The nearest are lab-1 and lab-22.");
    expect(didYouMean("zzzzzzzzzz", [])).toBe("");
  });
});
