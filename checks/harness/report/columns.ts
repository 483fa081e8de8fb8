import { stripVTControlCharacters } from "node:util";

/** Characters that take two columns in a terminal: those of East Asia, and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Characters that stand on the one before them. */
const mark = /\p{Mark}/u;
const control = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** How many columns of a terminal the text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) columns += columnsOfCharacter(char);
  return columns;
}

/** As much of the text's beginning as takes at most this many columns. */
export function firstColumns(text: string, most: number): string {
  let columns = 0;
  let length = 0;
  for (const char of text) {
    columns += columnsOfCharacter(char);
    if (columns > most) break;
    length += char.length;
  }
  return text.slice(0, length);
}

/** As much of the text's end as takes at most this many columns. */
export function lastColumns(text: string, most: number): string {
  let columns = 0;
  let length = 0;
  for (const char of Array.from(text).toReversed()) {
    columns += columnsOfCharacter(char);
    if (columns > most) break;
    length += char.length;
  }
  return text.slice(text.length - length);
}

/** Text of a student's or a peer's as it may stand in one line: no colours, no cursor movements, no line ends, spaces for tabs. */
export function inOneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/\r?\n/g, " ").replaceAll("\t", "  ").replace(control, "");
}

function columnsOfCharacter(char: string): number {
  if (char < "\u0300") return 1;
  return wide.test(char) ? 2 : mark.test(char) ? 0 : 1;
}
