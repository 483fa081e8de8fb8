import { CheckFailure, type DetailLine } from "./check-failure.ts";
import { firstDifference } from "./difference.ts";
import { noAnswer } from "./no-answer.ts";
import { showPair, showValue } from "./show-value.ts";
import { SubjectThrew } from "./subject.ts";
import { bytesDetail } from "./wire/bytes-detail.ts";
import { describeBytes } from "./wire/describe-bytes.ts";
import type { Layout } from "./wire/layout.ts";

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
  { layout, show }: { readonly layout?: Layout; readonly show?: (value: unknown) => string } = {},
): void {
  const difference = firstDifference(actual, expected);
  if (difference === undefined) return;
  const { path } = difference;
  if (difference.expected instanceof Uint8Array && difference.actual instanceof Uint8Array) {
    throw new CheckFailure(
      `${what}${path && ` (${path.replace(/^\./, "")})`}: wrong bytes`,
      bytesDetail(difference.actual, difference.expected, layout),
      layout && { expected: difference.expected, got: difference.actual, layout },
    );
  }
  const [right, wrong] =
    show === undefined ? showPair(difference.expected, difference.actual) : ([show(difference.expected), show(difference.actual)] as const);
  throw new CheckFailure(`${what}${path && `, ${path.replace(/^\./, "")}`}: not what was expected`, [
    { kind: "expected", text: `expected  ${right}` },
    { kind: "got", text: `got       ${wrong}${guess(difference.actual, difference.expected)}` },
  ]);
}

/** Throws unless `condition` holds. */
export function expectThat(condition: boolean, headline: string, detail: readonly DetailLine[] = []): asserts condition {
  if (!condition) throw new CheckFailure(headline, detail);
}

/**
 * The call must throw an error of the named class: misuse by the caller is refused loudly.
 *
 * @param show how to write what came instead of an error
 */
export async function expectThrows(
  call: Promise<unknown>,
  name: "RangeError" | "TypeError",
  what: string,
  show: (value: unknown) => string = showValue,
): Promise<void> {
  try {
    const value = await call;
    throw new CheckFailure(`${what} should throw a ${name}`, [{ kind: "got", text: `got       ${show(value)}, and no error` }]);
  } catch (error) {
    if (!(error instanceof SubjectThrew)) throw error;
    if (error.thrown.name === name && error.thrown.message !== "") return;
    throw new CheckFailure(`${what} should throw a ${name} ${noAnswer.wrongError}`, [
      { kind: "got", text: `got       ${error.thrown.name}: ${error.thrown.message || "(no message)"}` },
      ...error.thrown.frames.map((frame) => ({ kind: "note", text: `at ${frame}` }) as const),
    ]);
  }
}

/** A guess at the mistake behind a wrong number, where one is safe. */
function guess(actual: unknown, expected: unknown): string {
  if (typeof actual !== "number" || typeof expected !== "number" || !Number.isInteger(actual) || !Number.isInteger(expected)) return "";
  const swap = ((expected & 0xff) << 8) | (expected >> 8);
  if (expected >= 0 && expected <= 0xffff && swap !== expected && actual === swap) return "   bytes swapped?";
  if (expected >= 0 && expected <= 0xffff && actual === 0xffff - expected) return "   the complement is missing, or one too many?";
  if (expected >= 0 && expected <= 0xffff && (actual & 0xffff) === expected && Math.abs(actual) <= 0xffff_ffff)
    return "   its lowest 16 bits are right: is it cut to 16?";
  if (actual === expected * 8 || actual * 8 === expected) return "   in units of 8 bytes, or in bytes?";
  return "";
}

/** A packet in words, as detail lines of one kind. */
export function packetDetail(kind: DetailLine["kind"], title: string, bytes: Uint8Array, layout: Layout): readonly DetailLine[] {
  return [{ kind, text: title }, ...describeBytes(bytes, layout).map((text) => ({ kind, text: `  ${text}` }) as const)];
}
