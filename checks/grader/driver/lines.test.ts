import { array, assert, integer, property, string } from "fast-check";
import { expect, it } from "vitest";
import { createLineReader } from "./lines.ts";

it("gives whole lines, however they are cut", () => {
  assert(
    property(array(string({ unit: "grapheme" }).filter((text) => !text.includes("\n"))), integer({ min: 1, max: 9 }), (lines, size) => {
      const stream = Buffer.from(lines.map((line) => `${line}\n`).join(""));
      const reader = createLineReader(1_000);
      const got = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) => reader.push(stream.subarray(i * size, (i + 1) * size)));
      expect(got.flat()).toEqual(lines);
    }),
    { seed: 4006 },
  );
});

it("keeps no line that is too long", () => {
  const reader = createLineReader(4);
  expect(reader.push(Buffer.from("abcd\nab"))).toEqual(["abcd"]);
  expect(reader.push(Buffer.from("cd"))).toEqual([]);
  expect(reader.push(Buffer.from("e"))).toBeUndefined();
  expect(createLineReader(4).push(Buffer.from("abcde\n"))).toBeUndefined();
});
