import { describe, expect, it } from "vitest";
import { style } from "./style.ts";

/** The colours of a block of the style sheet, by name, from 0 to 255. */
function colours(block: string): ReadonlyMap<string, readonly number[]> {
  return new Map(
    [...block.matchAll(/--([\w-]+):#([0-9a-f]{3,6})\b/g)].map(([, name = "", hex = ""]) => {
      const full = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
      return [name, [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16))];
    }),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const [light = "", dark = ""] = style.split("prefers-color-scheme:dark");
const pairs = [
  ...["ink", "dim", "link"].flatMap((ink) => ["paper", "soft"].map((paper) => [ink, paper] as const)),
  ...["ink", "dim", "red", "green", "yellow"].map((ink) => [ink, "code"] as const),
  ...["p", "f", "t", "n", "q"].map((cell) => [`${cell}-ink`, cell] as const),
];

describe.each([
  ["light", colours(light)],
  ["dark", colours(dark.split("@media")[0] ?? "")],
])("the %s colours of the report", (_, found) => {
  it.each(pairs)("show %s on %s with a contrast of at least 4.5", (ink, paper) => {
    const [a = 0, b = 0] = [ink, paper].map((name) => luminance(found.get(name) ?? [])).toSorted((x, y) => y - x);
    expect(found.has(ink) && found.has(paper)).toBe(true);
    expect((a + 0.05) / (b + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});
