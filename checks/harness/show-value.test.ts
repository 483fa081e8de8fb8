import { describe, expect, it } from "vitest";
import { showPair, showValue } from "./show-value.ts";

describe("showValue", () => {
  it.each([
    [undefined, "undefined"],
    [null, "null"],
    [12, "12"],
    [12n, "12n"],
    ['a "b"', '"a \\"b\\""'],
    [new Uint8Array(), "no bytes"],
    [Uint8Array.of(0, 255), "2 bytes 00ff"],
    [[1, "x"], '[1, "x"]'],
    [{ a: 1, b: [Uint8Array.of(1)] }, "{ a: 1, b: [1 byte 01] }"],
    [{}, "{}"],
    [{ receive: (chunk: Uint8Array) => chunk }, "{ receive: a function }"],
  ])("writes %o as %s", (value, text) => {
    expect(showValue(value)).toBe(text);
  });

  it("is one short line, however long the value", () => {
    for (const value of ["x".repeat(500), new Uint8Array(65535), Array.from({ length: 500 }, (_, i) => i), { text: "a\nb".repeat(50) }]) {
      expect(showValue(value).length).toBeLessThanOrEqual(60);
      expect(showValue(value)).not.toContain("\n");
      expect(showValue(value)).toMatch(/…$/);
    }
  });
});

describe("showPair", () => {
  it("shows two short values whole", () => {
    expect(showPair(1, "1")).toEqual(["1", '"1"']);
  });

  it("shows the place where two long values part", () => {
    const same = "all the same up to here, which is a long way to go: ".repeat(3);
    const [a, b] = showPair(`${same}left`, `${same}right`);
    expect(a).toContain("left");
    expect(b).toContain("right");
    expect(a.length).toBeLessThanOrEqual(60);
  });
});
