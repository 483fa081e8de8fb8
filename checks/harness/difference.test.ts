import { describe, expect, it } from "vitest";
import { firstDifference } from "./difference.ts";

describe("firstDifference", () => {
  it.each([
    ["numbers", 1, 1],
    ["NaN", Number.NaN, Number.NaN],
    ["zeros of both signs", -0, 0],
    ["bytes", Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
    ["nested values", { a: [{ b: "c" }] }, { a: [{ b: "c" }] }],
    ["an absent and an undefined property", {}, { a: undefined }],
  ])("finds none between equal %s", (_name, actual, expected) => {
    expect(firstDifference(actual, expected)).toBeUndefined();
  });

  it.each([
    ["a value", 1, 2, "", 2, 1],
    ["a type", "1", 1, "", 1, "1"],
    ["nothing and an object", undefined, {}, "", {}, undefined],
    ["null and an object", null, { a: 1 }, "", { a: 1 }, null],
    ["a property", { a: 1, b: 2 }, { a: 1, b: 3 }, ".b", 3, 2],
    ["the first of two in the expected order", { b: 0, a: 0 }, { a: 1, b: 1 }, ".a", 1, 0],
    ["a missing property", { a: 1 }, { a: 1, b: 2 }, ".b", 2, undefined],
    ["a property too many", { a: 1, z: 2 }, { a: 1 }, ".z", undefined, 2],
    ["an item deep inside", { dns: ["x", "y"] }, { dns: ["x", "z"] }, ".dns[1]", "z", "y"],
    ["an item too few", [1], [1, 2], "[1]", 2, undefined],
    ["an item too many", [1, 2], [1], "[1]", undefined, 2],
    ["bytes", { p: Uint8Array.of(1) }, { p: Uint8Array.of(2) }, ".p", Uint8Array.of(2), Uint8Array.of(1)],
    ["bytes of another length", Uint8Array.of(1), Uint8Array.of(1, 2), "", Uint8Array.of(1, 2), Uint8Array.of(1)],
    ["bytes and a list", [1], Uint8Array.of(1), "", Uint8Array.of(1), [1]],
    ["a list and an object", { 0: 1 }, [1], "", [1], { 0: 1 }],
  ])("finds %s", (_name, actual, expected, path, right, wrong) => {
    expect(firstDifference(actual, expected)).toEqual({ path, expected: right, actual: wrong });
  });
});
