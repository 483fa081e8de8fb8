import { describe, expect, it } from "vitest";
import { bounded, harmless } from "./harmless.ts";

describe("harmless text", () => {
  it("leaves ordinary text as it is", () => {
    for (const text of ["", "a # b: c::d\n  # e\n\tf", "héllo 加油 🙂", "x ## y"]) expect(harmless(text)).toBe(text);
  });

  it("has no colours, cursor movements, control and format characters", () => {
    expect(harmless("a\u001b[31mb\u001b[0m\u0000\u0007c\u202ed\u200be\u2028f\ufefe\ud800")).toBe("abcdef\ufefe");
    expect(harmless("one\r\ntwo\rthree\r")).toBe("one\ntwo\nthree\n");
  });

  it("has no line that a continuous-integration server obeys", () => {
    expect(harmless("::error::x\n  ::set-output name=a::b\na ::b\n##[group]x\n##vso[task]y\n## title")).toBe(
      ": :error::x\n  : :set-output name=a::b\na ::b\n# #[group]x\n# #vso[task]y\n## title",
    );
    expect(harmless("\u001b[0m::stop-commands::x")).toBe(": :stop-commands::x");
    expect(harmless("a\r::error::x")).toBe("a\n: :error::x");
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
