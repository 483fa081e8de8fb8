import { describe, expect, it } from "vitest";
import { bounded, harmless } from "./harmless.ts";

describe("harmless text", () => {
  it("leaves ordinary text as it is", () => {
    for (const text of ["", "a # b: c::d\n  # e\n\tf", "héllo 加油 🙂", "x ## y"]) expect(harmless(text)).toBe(text);
  });

  it("has no control characters, and nothing that XML cannot hold", () => {
    expect(harmless("a\u001b[31mb\u0000c\u202ed\uffffe\ud800f")).toBe("a␛[31mb␀c<U+202E>d\ufffde\ufffdf");
    expect(harmless("one\r\ntwo")).toBe("one\ntwo");
  });

  it("has no line that a continuous-integration server obeys", () => {
    for (const text of ["::error::x", "  ::set-output name=a::b", "##[group]x", "##vso[task]y", "é\n::stop-commands::x"])
      expect(harmless(text)).not.toMatch(/^\s*(::|##)/m);
  });
});

describe("bounded text", () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);

  it("is whole where it fits", () => {
    expect(bounded("short", 5)).toBe("short");
  });

  it("keeps beginning and end, and says what is missing", () => {
    const text = bounded(lines.join("\n"), 100);
    expect(text.length).toBeLessThanOrEqual(100);
    expect(text).toMatch(/^line 0\nline 1\n/);
    expect(text).toMatch(/\nline 99$/);
    const kept = text.split("\n").length - 1;
    expect(text).toContain(`\n… ${100 - kept} lines left out …\n`);
  });

  it("cuts a line that is too long by itself", () => {
    expect(bounded("x".repeat(1000), 10)).toBe(`${"x".repeat(9)}…`);
    expect(bounded("x".repeat(1000), 0).length).toBeLessThanOrEqual(1);
  });
});
