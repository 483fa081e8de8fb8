import { describe, expect, it } from "vitest";
import { quantile, ratiosOf, spreadOf } from "./spread.ts";

describe("a spread", () => {
  it("is the middle value, the least and the most", () => {
    expect(spreadOf([3, 10, 2])).toEqual({ median: 3, least: 2, most: 10 });
  });

  it("lies between the two in the middle when their number is even", () => {
    expect(spreadOf([4, 1, 2, 100])).toEqual({ median: 3, least: 1, most: 100 });
  });

  it("is not there without values", () => {
    expect(spreadOf([])).toBeUndefined();
  });
});

it("finds the value that a share of the values lies below", () => {
  const sorted = Array.from({ length: 101 }, (_, index) => index);
  expect([0, 0.5, 0.99, 1].map((share) => quantile(sorted, share))).toEqual([0, 50, 99, 100]);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
  expect(quantile([], 0.5)).toBeNaN();
});

it("relates what was measured in the same round", () => {
  expect(ratiosOf([1, 6, 9], [2, 2, 3])).toEqual([0.5, 3, 3]);
  expect(ratiosOf([1, 6], [])).toEqual([]);
});
