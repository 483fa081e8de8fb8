import { Chalk, type ChalkInstance, supportsColor } from "chalk";

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

/** Text in lines of at most `width` columns, broken between words. A longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** `left` and `right` at the two ends of a line, or on two lines when they do not fit one. */
export function spread(left: string, right: string, width: number): string {
  const gap = width - left.length - right.length;
  return gap >= 2 ? left + " ".repeat(gap) + right : `${left}\n${right.padStart(width)}`;
}
