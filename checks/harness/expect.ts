import { hexdump } from "#kit/hexdump.ts";
import { CheckFailure, type DetailLine } from "./check-failure.ts";
import { firstDifference } from "./difference.ts";
import { showValue } from "./show-value.ts";
import { SubjectThrew } from "./subject.ts";
import { describeBytes, fieldName } from "./wire/describe-bytes.ts";
import { dissect, type Layout } from "./wire/layout.ts";

/**
 * Compares what the lab returned with what is right, and names the first field that differs.
 *
 * @param what names the value in the headline: `"parse of the packet"`
 * @param options.layout how to read bytes, for the name of the field at the first wrong byte
 * @param options.show how to write values that are no bytes
 */
export function expectEqual(
  actual: unknown,
  expected: unknown,
  what: string,
  { layout, show = showValue }: { readonly layout?: Layout; readonly show?: (value: unknown) => string } = {},
): void {
  const difference = firstDifference(actual, expected);
  if (difference === undefined) return;
  const { path } = difference;
  if (difference.expected instanceof Uint8Array && difference.actual instanceof Uint8Array) {
    throw new CheckFailure(
      `${what}${path && ` (${path.slice(1)})`}: wrong bytes`,
      bytesDetail(difference.actual, difference.expected, layout),
    );
  }
  throw new CheckFailure(`${what}${path && `, ${path.replace(/^\./, "")}`}: not what was expected`, [
    { kind: "expected", text: `expected  ${show(difference.expected)}` },
    { kind: "got", text: `got       ${show(difference.actual)}${guess(difference.actual, difference.expected)}` },
  ]);
}

/** Throws unless `condition` holds. */
export function expectThat(condition: boolean, headline: string, detail: readonly DetailLine[] = []): asserts condition {
  if (!condition) throw new CheckFailure(headline, detail);
}

/** The call must throw an error of the named class: misuse by the caller is refused loudly. */
export async function expectThrows(call: Promise<unknown>, name: "RangeError" | "TypeError", what: string): Promise<void> {
  try {
    const value = await call;
    throw new CheckFailure(`${what} should throw a ${name}`, [{ kind: "got", text: `got       ${showValue(value)}, and no error` }]);
  } catch (error) {
    if (!(error instanceof SubjectThrew)) throw error;
    if (error.thrown.name === name && error.thrown.message !== "") return;
    throw new CheckFailure(`${what} should throw a ${name} with a message`, [
      { kind: "got", text: `got       ${error.thrown.name}: ${error.thrown.message || "(no message)"}` },
      ...error.thrown.frames.map((frame) => ({ kind: "note", text: `at ${frame}` }) as const),
    ]);
  }
}

/** The first wrong byte: its field, both values, and the bytes around it. */
export function bytesDetail(actual: Uint8Array, expected: Uint8Array, layout?: Layout): readonly DetailLine[] {
  const shared = Math.min(actual.length, expected.length);
  let at = 0;
  while (at < shared && actual[at] === expected[at]) at++;
  const lengths: readonly DetailLine[] =
    actual.length === expected.length ? [] : [{ kind: "note", text: `length: expected ${expected.length} bytes, got ${actual.length}` }];
  return [...lengths, ...fieldDetail(actual, expected, at, layout), ...dumps(actual, expected, at)];
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

function dumps(actual: Uint8Array, expected: Uint8Array, at: number): readonly DetailLine[] {
  const from = Math.max(0, at - (at % 16) - 16);
  const dump = (bytes: Uint8Array) => hexdump(bytes, from, from + 48);
  return [
    { kind: "note", text: `first difference at byte ${at}` },
    ...dump(expected).map((text) => ({ kind: "expected", text: `expected  ${text}` }) as const),
    ...dump(actual).map((text) => ({ kind: "got", text: `got       ${text}` }) as const),
  ];
}

function isSwapped(actual: Uint8Array, expected: Uint8Array): boolean {
  return (
    actual.length > 1 &&
    actual.length <= 4 &&
    actual.length === expected.length &&
    expected.every((byte, i) => byte === actual[actual.length - 1 - i])
  );
}

/** A guess at the mistake behind a wrong number, where one is safe. */
function guess(actual: unknown, expected: unknown): string {
  if (typeof actual !== "number" || typeof expected !== "number" || !Number.isInteger(actual) || !Number.isInteger(expected)) return "";
  const swap = ((expected & 0xff) << 8) | (expected >> 8);
  if (expected >= 0 && expected <= 0xffff && swap !== expected && actual === swap) return "   bytes swapped?";
  if (expected >= 0 && expected <= 0xffff && actual === 0xffff - expected) return "   the complement is missing, or one too many?";
  if (actual === expected * 8 || actual * 8 === expected) return "   in units of 8 bytes, or in bytes?";
  return "";
}

/** A packet in words, as detail lines of one kind. */
export function packetDetail(kind: DetailLine["kind"], title: string, bytes: Uint8Array, layout: Layout): readonly DetailLine[] {
  return [{ kind, text: title }, ...describeBytes(bytes, layout).map((text) => ({ kind, text: `  ${text}` }) as const)];
}
