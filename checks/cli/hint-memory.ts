import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import { root } from "#launch/root.mjs";

/** How many hints of a check were shown, by the check's id. */
export type HintLevels = Readonly<Record<string, number>>;

/** Where the student's own folder remembers it. */
export const hintFile = join(root, ".kit", "hints.json");

const format = "4over6-lab-kit/hints/v1";
const mostBytes = 64 * 1024;
const mostChecks = 1_000;

/** What is remembered. Nothing, when the file is missing or damaged: a forgotten hint costs one more question. */
export function readHintLevels(file = hintFile): HintLevels {
  try {
    if (statSync(file).size > mostBytes) return {};
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof content !== "object" || content === null || !("levels" in content) || !("format" in content)) return {};
    const { levels } = content;
    if (content.format !== format || typeof levels !== "object" || levels === null) return {};
    return Object.fromEntries(Object.entries(levels).filter(([, level]) => Number.isInteger(level) && level >= 1 && level <= 3));
  } catch {
    return {};
  }
}

/** Remembers that this many hints of a check were shown. The checks asked about longest ago are forgotten beyond a bound. */
export function rememberHintLevel(id: string, level: number, file = hintFile): void {
  const others = Object.entries(readHintLevels(file)).filter(([other]) => other !== id);
  const levels = Object.fromEntries([...others, [id, level]].slice(-mostChecks));
  writeWhole(file, `${JSON.stringify({ format, levels }, undefined, 1)}\n`);
}
