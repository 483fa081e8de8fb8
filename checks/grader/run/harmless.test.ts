import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { allHarmless, harmless, harmlessUpTo } from "./harmless.ts";

describe("text of a submission", () => {
  it.each([
    ["\u001b[31mred\u0007", "␛[31mred␇"],
    ["a\r\nb\rc\td", "a\nb␍c\td"],
    ["::error::no", ": :error::no"],
    ["x\n  ::set-output name=a::b", "x\n  : :set-output name=a::b"],
    ["##[group]a ##vso[task.complete]", "# #[group]a # #vso[task.complete]"],
    ["left\u202eright\u2066", "left<U+202E>right<U+2066>"],
    ["\u009b1m\u007f\u0085", "<U+009B>1m␡<U+0085>"],
    ["half \ud800", "half \ufffd"],
  ])("%j is shown as %j", (text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  it.each(["connect ECONNREFUSED ::1:5678", "a::b", "## heading", "päckchen 🎉"])("%j stays as it is", (text) => {
    expect(harmless(text)).toBe(text);
  });

  it("holds nothing that is obeyed, whatever it was", () => {
    assert(
      property(string({ unit: "binary" }), (text) => {
        const shown = harmless(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
        expect(shown).not.toMatch(/[^\P{Cc}\n\t]|\u202e|^\s*::[a-z]|##[a-z]*\[/imu);
        expect(harmless(shown)).toBe(shown);
      }),
      { seed: 4006 },
    );
  });

  it("is cut where it is too long", () => {
    expect(harmlessUpTo(3, "abcdef")).toBe("abc…");
    expect(harmlessUpTo(3, "abc")).toBe("abc");
  });

  it("is found in all that a check reports", () => {
    const report = { headline: "\u001b", detail: [{ text: "::error::" }], at: undefined, bytes: Uint8Array.of(27) };
    expect(allHarmless(report, 99)).toEqual({ headline: "␛", detail: [{ text: ": :error::" }], at: undefined, bytes: Uint8Array.of(27) });
  });
});
