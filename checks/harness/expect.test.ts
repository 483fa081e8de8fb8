import { describe, expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { CheckFailure } from "./check-failure.ts";
import { expectEqual, expectThat, expectThrows, packetDetail } from "./expect.ts";
import { NotStarted, SubjectThrew, SubjectUnusable } from "./subject.ts";
import { ipv4Layout } from "./wire/layouts.ts";

/** The failure's headline and the lines below it. */
function told(action: () => void): readonly string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof CheckFailure) return [error.message, ...error.detail.map(({ text }) => text)];
    throw error;
  }
  return [];
}

async function toldOf(call: Promise<unknown>, name: "RangeError" | "TypeError" = "RangeError"): Promise<readonly string[]> {
  try {
    await expectThrows(call, name, "serialize");
  } catch (error) {
    if (error instanceof CheckFailure) return [error.message, ...error.detail.map(({ text }) => text)];
    throw error;
  }
  return [];
}

const threw = (name: string, message: string) =>
  Promise.reject(new SubjectThrew("f", { name, message, frames: ["lab-1-codec/message.ts:1:2 f"] }));

describe("expectEqual", () => {
  it("says nothing when the values are equal", () => {
    expect(told(() => expectEqual({ a: [1, Uint8Array.of(2)] }, { a: [1, Uint8Array.of(2)] }, "x"))).toEqual([]);
  });

  it("names the first field that differs, with both values", () => {
    expect(told(() => expectEqual({ ttl: 64, dns: ["a"] }, { ttl: 64, dns: ["b"] }, "parse of a packet"))).toEqual([
      "parse of a packet, dns[0]: not what was expected",
      'expected  "b"',
      'got       "a"',
    ]);
  });

  it("writes values as it is told to", () => {
    expect(told(() => expectEqual(1, 2, "sum", { show: (value) => `<${String(value)}>` }))).toEqual([
      "sum: not what was expected",
      "expected  <2>",
      "got       <1>",
    ]);
  });

  it.each([
    [0x461c, 0x1c46, "bytes swapped?"],
    [0xe3b9, 0x1c46, "the complement is missing, or one too many?"],
    [160, 20, "in units of 8 bytes, or in bytes?"],
    [20, 160, "in units of 8 bytes, or in bytes?"],
  ])("guesses the mistake behind %d for %d", (actual, expected, guess) => {
    expect(told(() => expectEqual(actual, expected, "x"))[2]).toBe(`got       ${actual}   ${guess}`);
  });

  it.each([
    [21, 20],
    [0x1c1c, 0x461c],
    [undefined, 20],
    [0.5, 4],
    ["1", 1],
  ])("guesses nothing about %s for %s", (actual, expected) => {
    expect(told(() => expectEqual(actual, expected, "x"))[2]).not.toMatch(/\?|…/);
  });

  it("names the field at the first wrong byte", () => {
    const right = fromHex("4500 0014 0000 4000 4001 1c46 0a000001 0a000002");
    const wrong = Uint8Array.from(right);
    wrong[10] = 0x46;
    wrong[11] = 0x1c;
    expect(told(() => expectEqual({ bytes: wrong }, { bytes: right }, "serialize", { layout: ipv4Layout })).slice(0, 5)).toEqual([
      "serialize (bytes): wrong bytes",
      "IPv4.headerChecksum   bytes swapped?   RFC 791 section 3.1",
      "expected  0x1c46",
      "got       0x461c",
      "first difference at byte 10",
    ]);
  });
});

describe("expectThat", () => {
  it("fails with the headline and the detail unless the condition holds", () => {
    expect(told(() => expectThat(true, "no"))).toEqual([]);
    expect(told(() => expectThat(false, "no", [{ kind: "note", text: "why" }]))).toEqual(["no", "why"]);
  });
});

describe("expectThrows", () => {
  it("is content with an error of that class and a message", async () => {
    expect(await toldOf(threw("RangeError", "too large"))).toEqual([]);
  });

  it("fails when nothing is thrown", async () => {
    expect(await toldOf(Promise.resolve(Uint8Array.of(1)))).toEqual([
      "serialize should throw a RangeError",
      "got       1 byte 01, and no error",
    ]);
  });

  it("fails for another class, and for an error without a message, with the place", async () => {
    const headline = "serialize should throw a RangeError with a message";
    expect(await toldOf(threw("TypeError", "x"))).toEqual([headline, "got       TypeError: x", "at lab-1-codec/message.ts:1:2 f"]);
    expect(await toldOf(threw("RangeError", ""))).toEqual([
      headline,
      "got       RangeError: (no message)",
      "at lab-1-codec/message.ts:1:2 f",
    ]);
  });

  it("takes neither a lab that is not started nor one that cannot be used for an error that was expected", async () => {
    await expect(toldOf(Promise.reject(new NotStarted("not yet")))).rejects.toThrow(NotStarted);
    const unusable = new SubjectUnusable("no such function", { name: "TypeError", message: "x", frames: [] });
    await expect(toldOf(Promise.reject(unusable), "TypeError")).rejects.toThrow(SubjectUnusable);
  });
});

it("packetDetail shows a packet in words", () => {
  const lines = packetDetail("expected", "a ping", fromHex("4500 0014 0000 4000 4001 1c46 0a000001 0a000002"), ipv4Layout);
  expect(lines.every(({ kind }) => kind === "expected")).toBe(true);
  expect(lines[0]?.text).toBe("a ping");
  expect(lines.map(({ text }) => text).join(" ")).toContain("destination 10.0.0.2");
});
