import { assert, jsonValue, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome } from "#checks/harness/channel.ts";
import { type Answer, readAnswer, writeAnswer } from "./messages.ts";
import { WireFault } from "./wire-value.ts";

const thrown = { name: "RangeError", message: "too large", frames: ["lab-1-codec/message.ts:3:9 encodeMessage"] };
const outcomes: readonly Outcome[] = [
  { kind: "returned", value: { bytes: Uint8Array.of(1, 2), nothing: undefined } },
  { kind: "made", handle: 3 },
  { kind: "threw", error: thrown },
  { kind: "not-started", message: "lab-1 checksum" },
  { kind: "unusable", message: "there is no function f" },
  { kind: "unusable", message: "the file cannot be loaded", thrown },
];

function expectRefused(line: string): void {
  expect(() => readAnswer(line)).toThrow(WireFault);
}

describe("an answer", () => {
  it.each(outcomes)("with an outcome comes across: $kind", (outcome) => {
    const answer: Answer = { kind: "outcome", id: "x", outcome };
    expect(readAnswer(writeAnswer(answer))).toEqual(answer);
  });

  it.each<Answer>([
    { kind: "done", id: "x" },
    { kind: "stray", id: "x", error: thrown },
  ])("comes across: $kind", (answer) => {
    expect(readAnswer(writeAnswer(answer))).toEqual(answer);
  });

  it("has no text longer than the reader takes, whatever the code has said", () => {
    const long = "x".repeat(100_000);
    const outcome: Outcome = { kind: "unusable", message: long, thrown: { name: long, message: long, frames: [long] } };
    expect(readAnswer(writeAnswer({ kind: "outcome", id: "x", outcome })).kind).toBe("outcome");
  });

  it("is refused when it is anything else", () => {
    assert(property(string(), expectRefused), { seed: 4006 });
    assert(
      property(jsonValue(), (value) => expectRefused(JSON.stringify(value))),
      { seed: 4006 },
    );
    for (const line of [
      '["done"]',
      '["done","x",1]',
      '["outcome","x","made",-0.5]',
      '["outcome","x","made",1,2]',
      '["outcome","x","threw","a","b",["1","2","3","4","5","6"]]',
      `["outcome","x","not-started","${"x".repeat(2_001)}"]`,
      '["outcome","x","returned",1,1]',
      '["stray","x"]',
    ])
      expectRefused(line);
  });
});
