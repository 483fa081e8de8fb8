import { afterEach, describe, expect, it, vi } from "vitest";
import { columnsOf } from "./columns.ts";
import { fit, spread, terminalStyle, together, wrap } from "./style.ts";

describe("wrap", () => {
  it("breaks between words, and keeps the words", () => {
    const text = "The sum of a large buffer does not fit into thirty-two bits at all";
    const lines = wrap(text, 20);
    expect(lines.every((line) => line.length <= 20)).toBe(true);
    expect(lines.join(" ")).toBe(text);
    expect(lines.length).toBe(4);
  });

  it("fills a line to its last column", () => {
    expect(wrap("aaaa bbbbb", 10)).toEqual(["aaaa bbbbb"]);
    expect(wrap("aaaa bbbbbb", 10)).toEqual(["aaaa", "bbbbbb"]);
  });

  it("breaks a word that is longer than a line", () => {
    expect(wrap("ab abcdefghijkl xy", 5)).toEqual(["ab", "abcde", "fghij", "kl xy"]);
  });

  it("indents what follows the first line, inside the width", () => {
    expect(wrap("aaaa bbbb cccc dddd", 10, 2)).toEqual(["aaaa bbbb", "  cccc", "  dddd"]);
    expect(wrap("abcdefghijkl", 6, 3)).toEqual(["abcdef", "   ghi", "   jkl"]);
  });

  it("leaves half of the width to what follows, however far it is to be indented", () => {
    expect(wrap("abcdefghijkl mn", 6, 3000)).toEqual(["abcdef", "   ghi", "   jkl", "   mn"]);
  });

  it("counts columns, not characters", () => {
    const lines = wrap("加油 ".repeat(20).trim(), 11);
    expect(lines.every((line) => columnsOf(line) <= 11)).toBe(true);
    expect(lines[0]).toBe("加油 加油");
  });

  it("keeps a command together where it fits a line, and with its own spaces", () => {
    const text = `That is all of it. ${together("npm run hint lab-1.x")}`;
    expect(wrap(text, 30)).toEqual(["That is all of it.", "npm run hint lab-1.x"]);
    expect(wrap(text, 40)).toEqual(["That is all of it. npm run hint lab-1.x"]);
    expect(wrap(text, 12)).toEqual(["That is all", "of it. npm", "run hint", "lab-1.x"]);
  });

  it("makes one empty line of nothing", () => {
    expect(wrap("", 10)).toEqual([""]);
  });
});

describe("fit and spread", () => {
  it("cut a line where it is too long", () => {
    expect(fit("abcdef", 6)).toBe("abcdef");
    expect(fit("abcdefg", 6)).toBe("abcde…");
  });

  it("put two texts at the ends of a line, or of two lines", () => {
    expect(spread("left", "right", 12)).toBe("left   right");
    expect(spread("left", "right", 11)).toBe("left  right");
    expect(spread("left", "right", 10)).toBe("left\n     right");
    expect(spread("a".repeat(30), "b".repeat(30), 10).split("\n").map(columnsOf)).toEqual([10, 10]);
  });
});

describe("the terminal's style", () => {
  afterEach(() => vi.unstubAllEnvs());
  it("has no colours when the user wants none, whatever else is set", () => {
    vi.stubEnv("FORCE_COLOR", "1");
    vi.stubEnv("NO_COLOR", "");
    expect(isColored(true)).toBe(true);
    expect(isColored(false)).toBe(false);
    vi.stubEnv("NO_COLOR", "1");
    expect(isColored(true)).toBe(false);
  });

  it("has no colours away from a terminal", () => {
    vi.stubEnv("FORCE_COLOR", undefined);
    vi.stubEnv("NO_COLOR", undefined);
    withStdout("isTTY", false, () => expect(isColored(true)).toBe(false));
  });

  it("is 80 columns wide where nothing is known, and stays readable", () => {
    expect([undefined, 10, 72, 400].map(widthAt)).toEqual([80, 40, 72, 100]);
  });
});

function isColored(color: boolean): boolean {
  return terminalStyle(color).paint.red("x") !== "x";
}

function widthAt(columns: number | undefined): number {
  return withStdout("columns", columns, () => terminalStyle(false).width);
}

/** Lets standard output look different for the time of an action. */
function withStdout<T>(property: "isTTY" | "columns", value: unknown, action: () => T): T {
  const before = Object.getOwnPropertyDescriptor(process.stdout, property);
  Object.defineProperty(process.stdout, property, { value, configurable: true });
  try {
    return action();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.stdout, property);
    else Object.defineProperty(process.stdout, property, before);
  }
}
