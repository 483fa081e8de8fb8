import { stripVTControlCharacters } from "node:util";

/** Control and format characters but line ends and tabs: they move cursors, turn text around, and are no XML. */
const control = /[^\P{Cc}\n\t]|\p{Cf}|[\u2028\u2029]|\p{Surrogate}|[\ufffe\uffff]/gu;
/** What a continuous-integration server takes for a command when it stands at the beginning of a line. */
const command = /^(\s*)(::|##(?=\[|vso\[))/gm;

/** Printable ASCII in which no workflow command can begin. */
const plain = /^(?:[\n\x20-\x22\x24-\x39\x3b-\x7e]|:(?!:)|#(?!#))*$/;

/** Text of a submission as it may stand in any file, and be printed from there: no control characters, no workflow commands. */
export function harmless(text: string): string {
  // Most of what a class has to say is plain.
  if (plain.test(text)) return text;
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, "\n")
    .replace(control, "")
    .replace(command, (_, space: string, sign: string) => `${space}${sign[0]} ${sign.slice(1)}`);
}

/** Text of at most so many characters: whole lines from its beginning and its end, and how many are missing between. */
export function bounded(text: string, most: number): string {
  if (text.length <= most) return text;
  const lines = text.split("\n");
  let room = most - leftOut(lines.length).length - 2;
  const head: string[] = [];
  const tail: string[] = [];
  // Two lines of the beginning for each of the end: a story is understood from its beginning.
  for (let turn = 0; head.length + tail.length < lines.length; turn++) {
    const fromEnd = turn % 3 === 2;
    const line = fromEnd ? lines[lines.length - 1 - tail.length] : lines[head.length];
    if (line === undefined || line.length + 1 > room) break;
    room -= line.length + 1;
    if (fromEnd) tail.unshift(line);
    else head.push(line);
  }
  if (head.length === 0) return `${text.slice(0, Math.max(0, most - 1))}…`;
  return [...head, leftOut(lines.length - head.length - tail.length), ...tail].join("\n");
}

function leftOut(lines: number): string {
  return `… ${lines} ${lines === 1 ? "line" : "lines"} left out …`;
}
