import { expect, it } from "vitest";
import { checkSeed } from "./seed.ts";

it("a check's seed follows from the run's seed and its own name alone", () => {
  expect(checkSeed(1, "lab-1.a")).toBe(checkSeed(1, "lab-1.a"));
  expect(checkSeed(1, "lab-1.a")).not.toBe(checkSeed(2, "lab-1.a"));
  expect(checkSeed(1, "lab-1.a")).not.toBe(checkSeed(1, "lab-1.b"));
});

it("a check's seed is a 32-bit integer", () => {
  for (const seed of [0, 1, 2 ** 31 - 1]) {
    const own = checkSeed(seed, "lab-1.generated");
    expect(own).toBe(own | 0);
  }
});
