import { Chalk, type ChalkInstance, supportsColor } from "chalk";
import { columnsOf, firstColumns } from "./columns.ts";

/** How the terminal reports look: colours, and how wide they may be. */
export type Style = { readonly paint: ChalkInstance; readonly width: number };

const narrowest = 40;
const widest = 100;

/**
 * The style for standard output. NO_COLOR and `--no-color` turn colours off, FORCE_COLOR on; without a terminal there are none.
 *
 * @param color `false` when the user asked for none
 */
export function terminalStyle(color: boolean): Style {
  const forced = process.env["FORCE_COLOR"] !== undefined && process.env["FORCE_COLOR"] !== "0";
  const wanted = color && !process.env["NO_COLOR"] && (forced || (process.stdout.isTTY && supportsColor !== false));
  return {
    paint: new Chalk({ level: wanted ? (supportsColor === false ? 1 : supportsColor.level) : 0 }),
    width: Math.max(narrowest, Math.min(widest, process.stdout.columns ?? 80)),
  };
}

/** Words that stay on one line where it is wide enough for them: a command, to be copied. */
export function together(words: string): string {
  return words.replaceAll(" ", closeSpace);
}

const closeSpace = "\u00a0";

/**
 * Text in lines of at most `width` columns, broken between words, and inside words that are longer than a line.
 *
 * @param hang how far the lines after the first are indented: by half of the width at most, so that they have room
 */
export function wrap(text: string, width: number, hang = 0): readonly string[] {
  const indentation = indentationOf(hang, width);
  const lines: string[] = [];
  let line: string | undefined;
  const limit = () => (lines.length === 0 ? width : width - indentation);
  const words = text.split(" ").flatMap((word) => (columnsOf(word) > width - indentation ? word.split(closeSpace) : [word]));
  for (let word of words) {
    if (line !== undefined && columnsOf(line) + 1 + columnsOf(word) <= limit()) {
      line += ` ${word}`;
      continue;
    }
    if (line !== undefined) lines.push(line);
    for (; columnsOf(word) > limit(); word = word.slice(lines.at(-1)?.length ?? 0)) lines.push(firstColumns(word, limit()));
    line = word;
  }
  if (line !== undefined) lines.push(line);
  return lines.map((text, index) => (index === 0 ? text : " ".repeat(indentation) + text).replaceAll(closeSpace, " "));
}

/** How far `wrap` indents. */
export function indentationOf(hang: number, width: number): number {
  return Math.min(hang, Math.floor(width / 2));
}

/** Text cut to one line of at most `width` columns. */
export function fit(text: string, width: number): string {
  return columnsOf(text) <= width ? text : `${firstColumns(text, width - 1)}…`;
}

/** `left` and `right` at the two ends of a line, or on two lines when they do not fit one. */
export function spread(left: string, right: string, width: number): string {
  const gap = width - columnsOf(left) - columnsOf(right);
  if (gap >= 2) return left + " ".repeat(gap) + right;
  const end = fit(right, width);
  return `${fit(left, width)}\n${" ".repeat(width - columnsOf(end))}${end}`;
}
