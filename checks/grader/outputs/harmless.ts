import { counted } from "#kit/counted.ts";
import { harmless as shownHarmless } from "../run/harmless.ts";

/** Printable ASCII in which no workflow command can begin. */
const plain = /^(?:[\n\x20-\x22\x24-\x39\x3b-\x7e]|:(?!:)|#(?!#))*$/;

/**
 * Text of a submission as it may stand in any file: no control characters, no workflow commands, nothing that XML cannot hold. The
 * grader did this already to what it caught; a format does not rely on it.
 */
export function harmless(text: string): string {
  // Most of what a class has to say is plain, and there is much of it.
  return plain.test(text) ? text : shownHarmless(text).replace(/[\ufffe\uffff]/g, "\ufffd");
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
  return `… ${counted(lines, "line")} left out …`;
}
