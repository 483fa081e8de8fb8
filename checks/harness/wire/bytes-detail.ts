import { counted } from "#kit/counted.ts";
import { hexdump } from "#kit/hexdump.ts";
import type { DetailLine } from "../check-failure.ts";
import { showValue } from "../show-value.ts";
import { fieldName } from "./describe-bytes.ts";
import { dissect, type Layout } from "./layout.ts";

const bytesPerLine = 16;

/** The first wrong byte: its field, both values, and the bytes around it. */
export function bytesDetail(actual: Uint8Array, expected: Uint8Array, layout?: Layout): readonly DetailLine[] {
  const shared = Math.min(actual.length, expected.length);
  let at = 0;
  while (at < shared && actual[at] === expected[at]) at++;
  const lengths: readonly DetailLine[] =
    actual.length === expected.length
      ? []
      : [{ kind: "note", text: `length: expected ${counted(expected.length, "byte")}, got ${actual.length}` }];
  return [
    ...lengths,
    ...fieldDetail(actual, expected, at, layout),
    { kind: "note", text: `first difference at byte ${at}` },
    ...dump("expected", expected, at),
    ...dump("got", actual, at),
  ];
}

function fieldDetail(actual: Uint8Array, expected: Uint8Array, at: number, layout: Layout | undefined): readonly DetailLine[] {
  if (layout === undefined || at >= Math.min(actual.length, expected.length)) return [];
  const theirs = dissect(actual, layout);
  // Fields of a few bits share a byte: the first whose value is wrong, not the first that touches the byte.
  const right = dissect(expected, layout).find((field, index) => field.endByte > at && field.text !== theirs[index]?.text);
  if (right === undefined) return [];
  const wrong = theirs.find((field) => field.name === right.name && field.firstByte === right.firstByte);
  const got = wrong?.text ?? showValue(actual.subarray(right.firstByte, right.endByte));
  const swapped = isSwapped(actual.subarray(right.firstByte, right.endByte), expected.subarray(right.firstByte, right.endByte));
  return [
    { kind: "note", text: `${fieldName(right)}${swapped ? "   bytes swapped?" : ""}   ${right.layout.source}` },
    { kind: "expected", text: `expected  ${right.text}` },
    { kind: "got", text: `got       ${got}` },
  ];
}

/** The line with the byte at `at`, one before and one behind it, and a mark below the byte. */
function dump(kind: "expected" | "got", bytes: Uint8Array, at: number): readonly DetailLine[] {
  const line = at - (at % bytesPerLine);
  const shown = (from: number, to: number) => hexdump(bytes, Math.max(0, from), to).map((text) => ({ kind, text: `  ${text}` }));
  const upTo = shown(line - bytesPerLine, line + bytesPerLine);
  if (at >= bytes.length)
    return [{ kind, text: kind }, ...upTo, { kind: "note", text: `  it ends after ${counted(bytes.length, "byte")}` }];
  return [{ kind, text: kind }, ...upTo, { kind: "note", text: mark(line, at) }, ...shown(line + bytesPerLine, line + 2 * bytesPerLine)];
}

/** Where the line's hexadecimal digits of a byte stand, after the offset and the indent: see `hexdump`. */
function mark(line: number, at: number): string {
  const offsetDigits = Math.max(4, line.toString(16).length);
  const index = at - line;
  return `${" ".repeat(2 + offsetDigits + 2 + index * 3 + (index >= 8 ? 1 : 0))}^^`;
}

function isSwapped(actual: Uint8Array, expected: Uint8Array): boolean {
  return (
    actual.length > 1 &&
    actual.length <= 4 &&
    actual.length === expected.length &&
    expected.every((byte, i) => byte === actual[actual.length - 1 - i])
  );
}
