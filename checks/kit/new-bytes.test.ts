import { expect, it } from "vitest";
import { newBytes } from "#kit/new-bytes.ts";

it("gives zeros, as many as asked for", () => {
  for (const length of [0, 1, 1405, 8192, 8193, 1_000_000]) {
    const bytes = newBytes(length);
    expect(bytes.length).toBe(length);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  }
});

it("never gives the same byte twice", () => {
  const all = Array.from({ length: 200 }, (_, index) => newBytes(index * 17).fill(index));
  for (const [index, bytes] of all.entries()) expect(bytes.every((byte) => byte === index)).toBe(true);
});

it("gives the longest ones memory of their own, so that one of them keeps nothing else in memory", () => {
  expect(newBytes(8193).buffer.byteLength).toBe(8193);
});

it("refuses a length that cannot be, and goes on", () => {
  expect(() => newBytes(-1)).toThrow(RangeError);
  expect(newBytes(Number.NaN)).toHaveLength(0);
  const [first, second] = [newBytes(10).fill(1), newBytes(10)];
  expect([first[0], second[0]]).toEqual([1, 0]);
});
