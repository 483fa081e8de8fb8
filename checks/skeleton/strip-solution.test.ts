import { describe, expect, it } from "vitest";
import { stripSolution } from "./strip-solution.ts";

const strip = (...lines: readonly string[]) => stripSolution(lines.join("\n"), "reference/lab-1-codec/message.ts");

describe("stripSolution", () => {
  it("puts a prompt in the place of a region, as far in, and code in the place of a stub", () => {
    expect(
      strip(
        '// STUB: import { notImplemented } from "#kit/not-implemented.ts";',
        "export const f = () => {",
        "  // BEGIN SOLUTION",
        "  const answer = 42;",
        "  return answer;",
        "  // END SOLUTION",
        '  // STUB: return notImplemented("lab-1 f", "docs/lab-1-codec.md#f");',
        "};",
      ),
    ).toBe(
      [
        'import { notImplemented } from "#kit/not-implemented.ts";',
        "export const f = () => {",
        "  // Your code here.",
        '  return notImplemented("lab-1 f", "docs/lab-1-codec.md#f");',
        "};",
        "",
      ].join("\n"),
    );
  });

  it("leaves nothing in the place of a silent region", () => {
    expect(strip("a", "// BEGIN SOLUTION silent", "b", "// END SOLUTION", "c")).toBe("a\nc\n");
  });

  it("takes several regions", () => {
    expect(strip("// BEGIN SOLUTION", "a", "// END SOLUTION", "b", "// BEGIN SOLUTION", "c", "// END SOLUTION")).toBe(
      "// Your code here.\nb\n// Your code here.\n",
    );
  });

  it("tidies what the regions leave: no blank line in front, at the end, before a brace, or twice", () => {
    expect(
      strip(
        "// BEGIN SOLUTION silent",
        "import x",
        "// END SOLUTION",
        "",
        "one",
        "",
        "// BEGIN SOLUTION silent",
        "helper",
        "// END SOLUTION",
        "",
        "",
        "two {",
        "  three",
        "",
        "  // BEGIN SOLUTION silent",
        "  four",
        "  // END SOLUTION",
        "",
        "}",
        "",
        "",
      ),
    ).toBe("one\n\ntwo {\n  three\n}\n");
  });

  it("keeps lines of Windows files whole", () => {
    expect(strip("a\r", "// BEGIN SOLUTION\r", "b\r", "// END SOLUTION\r", "c\r")).toBe("a\r\n// Your code here.\r\nc\n");
  });

  it.each([
    [
      "nests",
      ["// BEGIN SOLUTION", "a", "// BEGIN SOLUTION", "b", "// END SOLUTION"],
      ":3: BEGIN SOLUTION inside the region that begins in line 1.",
    ],
    ["is not closed", ["a", "// BEGIN SOLUTION", "b"], ":2: this region is never closed."],
    ["is empty", ["// BEGIN SOLUTION", "// END SOLUTION"], ":1: this region is empty."],
    ["holds blank lines only", ["// BEGIN SOLUTION silent", "", "  ", "// END SOLUTION"], ":1: this region is empty."],
    ["is closed but never opened", ["a", "// END SOLUTION"], ":2: END SOLUTION without a BEGIN SOLUTION."],
    ["is closed twice", ["// BEGIN SOLUTION", "a", "// END SOLUTION", "// END SOLUTION"], ":4: END SOLUTION without a BEGIN SOLUTION."],
    ["holds a stub", ["// BEGIN SOLUTION", "a", "// STUB: b", "// END SOLUTION"], ":3: STUB inside a region."],
    ["is nowhere", ["a", "b"], ":1: no region is marked: the student's copy would be the solution."],
  ])("refuses a file whose region %s", (_name, lines, message) => {
    expect(() => strip(...lines)).toThrow(SyntaxError);
    expect(() => strip(...lines)).toThrow(`reference/lab-1-codec/message.ts${message}`);
  });

  it.each([
    "// begin solution",
    "// BEGIN SOLUTION quiet",
    "// BEGIN  SOLUTION",
    "//END SOLUTION",
    "code(); // BEGIN SOLUTION",
    "// END SOLUTION.",
    "// STUB return 1;",
    "// stub: return 1;",
    "//STUB: return 1;",
    "/* // STUB: */",
  ])("refuses what looks like a mark and is none: %s", (line) => {
    expect(() => strip("// BEGIN SOLUTION", "a", "// END SOLUTION", line)).toThrow(/:4: .*(?:mark|END SOLUTION without)/);
  });

  it("lets words be words", () => {
    expect(strip("// The solution begins here; a stub is a small thing.", "// BEGIN SOLUTION", "a", "// END SOLUTION")).toContain(
      "The solution begins here",
    );
  });
});
