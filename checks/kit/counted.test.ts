import { expect, it } from "vitest";
import { counted } from "#kit/counted.ts";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [2, "2 bytes"],
  [1.5, "1.5 bytes"],
])("%d is counted as %s", (number, words) => {
  expect(counted(number, "byte")).toBe(words);
});

it("takes the word for many where it is irregular", () => {
  expect([1, 2].map((number) => counted(number, "reply", "replies"))).toEqual(["1 reply", "2 replies"]);
});
