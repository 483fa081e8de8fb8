import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectEqual, expectThat, expectThrows } from "#checks/harness/expect.ts";
import { showValue } from "#checks/harness/show-value.ts";
import type { Story } from "#checks/harness/story.ts";
import type { Subject } from "#checks/harness/subject.ts";
import { describeBytes } from "#checks/harness/wire/describe-bytes.ts";
import { dissect, type Layout } from "#checks/harness/wire/layout.ts";
import { packetOfLayout } from "#checks/harness/wire/packet-of-layout.ts";
import type { Codec, Parsed, WireError } from "#contract/vocabulary.ts";
import type { Vector } from "#fixtures/vectors/vector.ts";
import { concat, fromHex, toHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";

/** A codec under check, and what its bytes look like. */
export type CodecUnderCheck<T> = { readonly codec: Subject<Codec<T>>; readonly layout: Layout; readonly story: Story };

/** Answers of `parse`, as the mirror gives them. */
type ParseAnswer = Parsed<unknown>;

/** Each vector's bytes parse to its value. */
export async function parsesVectors<T>({ codec, layout, story }: CodecUnderCheck<T>, vectors: readonly Vector<T>[]): Promise<void> {
  for (const { name, hex, value } of vectors) {
    const bytes = fromHex(hex);
    story.tell("parse", `${name}, ${counted(bytes.length, "byte")}`, packetOfLayout(layout, bytes));
    expectValue(await codec.parse(bytes), value, `parse of ${name}`, describeBytes(bytes, layout));
  }
}

/** Each vector's value serializes to its bytes. */
export async function serializesVectors<T>({ codec, layout, story }: CodecUnderCheck<T>, vectors: readonly Vector<T>[]): Promise<void> {
  for (const { name, hex, value } of vectors) {
    story.tell("serialize", name);
    expectEqual(await codec.serialize(value as never), fromHex(hex), `serialize of ${name}`, { layout });
  }
}

/** Every beginning of each vector that is shorter than `whole` bytes is refused as truncated, and the first field that is not whole is named. */
export async function refusesTruncations<T>(
  { codec, layout, story }: CodecUnderCheck<T>,
  vectors: readonly Vector<T>[],
  whole: (bytes: Uint8Array) => number,
): Promise<void> {
  for (const { name, hex } of vectors) {
    const bytes = fromHex(hex);
    const end = whole(bytes);
    story.tell("parse", `${name}, cut to 0, 1, … ${end - 1} of its ${counted(bytes.length, "byte")}`, packetOfLayout(layout, bytes));
    const answers = await Promise.allSettled(Array.from({ length: end }, (_, length) => codec.parse(bytes.slice(0, length))));
    for (const [length, answer] of answers.entries()) {
      const what = `${length === 0 ? "no byte" : length === 1 ? "the first byte" : `the first ${length} bytes`} of ${name}`;
      if (answer.status === "rejected") {
        story.tell("parse", what);
        throw answer.reason;
      }
      expectReason(answer.value, "truncated", what, bytes.slice(0, length), layout);
      expectField(answer.value, "truncated", namesOfMissing(bytes, length, layout), what);
    }
  }
}

/**
 * What the first field that is not whole may be called, when only `length` of the bytes are there. Where fields of a few bits share bytes,
 * each of them is right. The RFC writes "Source Address" where the contract says `source`.
 */
function namesOfMissing(bytes: Uint8Array, length: number, layout: Layout): readonly string[] {
  const fields = dissect(bytes, layout);
  const first = fields.find(({ endByte }) => endByte > length);
  if (first === undefined) throw new Error(`${layout.name} has no field behind byte ${length}.`);
  if (first.layout !== layout) return ["payload"];
  return fields
    .filter((field) => field.layout === layout && field.endByte > first.firstByte && field.firstByte < first.endByte)
    .flatMap(({ name }) => [name, `${name}Address`]);
}

/** The bytes are refused, for this reason and this field. */
export async function refuses<T>(under: CodecUnderCheck<T>, bytes: Uint8Array, error: WireError, what: string): Promise<void> {
  under.story.tell("parse", `${what}, ${counted(bytes.length, "byte")}`, packetOfLayout(under.layout, bytes));
  const answer: ParseAnswer = await under.codec.parse(bytes);
  expectReason(answer, error.reason, what, bytes, under.layout);
  expectField(answer, error.reason, [error.field], what);
}

/** @param fields what the field may be called; the first is what a failure names */
function expectField(answer: ParseAnswer, reason: WireError["reason"], fields: readonly string[], what: string): void {
  expectThat(!answer.ok && fields.includes(answer.error.field), `${what}: refused for the right reason, but with the wrong field`, [
    { kind: "expected", text: `expected  ${reason}, field ${fields[0]}` },
    { kind: "got", text: `got       ${showAnswer(answer)}` },
  ]);
}

/** The bytes are accepted and mean `value`. */
export async function accepts<T>(under: CodecUnderCheck<T>, bytes: Uint8Array, value: T, what: string): Promise<void> {
  under.story.tell("parse", `${what}, ${counted(bytes.length, "byte")}`, packetOfLayout(under.layout, bytes));
  expectValue(await under.codec.parse(bytes), value, `parse of ${what}`, describeBytes(bytes, under.layout));
}

/** The value cannot be put on the wire: a `RangeError`. */
export async function throwsRangeError<T>({ codec, story }: CodecUnderCheck<T>, value: T, what: string): Promise<void> {
  story.tell("serialize", what);
  await expectThrows(codec.serialize(value as never), "RangeError", `serialize with ${what}`);
}

/**
 * `parse(serialize(v))` is `v`, and the bytes are `expected`, written independently.
 *
 * @param what names the value in words
 */
export async function roundTrips<T>(
  { codec, layout, story }: CodecUnderCheck<T>,
  value: T,
  expected: Uint8Array,
  what = "a generated value",
): Promise<void> {
  story.tell("serialize", showValue(value));
  const bytes = await codec.serialize(value as never);
  expectEqual(bytes, expected, `serialize of ${what}`, { layout });
  story.tell("parse", "the same bytes again", packetOfLayout(layout, bytes));
  expectValue(await codec.parse(bytes), value, "parse(serialize(value))", describeBytes(bytes, layout));
}

/** Whatever the bytes, an answer comes: nothing from the network throws. When they are accepted, serializing the value gives them back. */
export async function neverThrows<T>({ codec, layout, story }: CodecUnderCheck<T>, bytes: Uint8Array): Promise<void> {
  const words = `${counted(bytes.length, "byte")} ${toHex(bytes.subarray(0, 20))}${bytes.length > 20 ? "…" : ""}`.trimEnd();
  story.tell("parse", words, packetOfLayout(layout, bytes));
  const answer: ParseAnswer = await codec.parse(bytes);
  expectThat(
    typeof answer === "object" && answer !== null && typeof answer.ok === "boolean",
    "parse must answer { ok: true, value } or { ok: false, error }",
    [{ kind: "got", text: `got       ${showValue(answer)}` }],
  );
  if (!answer.ok) return;
  const again = await codec.serialize(answer.value as never);
  expectEqual(again, bytes.slice(0, again.length), "serialize(parse(bytes)) against the bytes", { layout });
}

function expectValue(answer: ParseAnswer, value: unknown, what: string, words: readonly string[]): void {
  if (!answer?.ok) {
    throw new CheckFailure(`${what}: refused, but it is right`, [
      { kind: "got", text: `got       ${showAnswer(answer)}` },
      ...words.map((text) => ({ kind: "bytes", text }) as const),
    ]);
  }
  expectEqual(answer.value, value, what);
}

function expectReason(answer: ParseAnswer, reason: WireError["reason"], what: string, bytes: Uint8Array, layout: Layout): void {
  if (answer !== undefined && !answer.ok && answer.error?.reason === reason) return;
  throw new CheckFailure(`${what}: should be refused as ${reason}`, [
    { kind: "expected", text: `expected  ${reason}` },
    { kind: "got", text: `got       ${showAnswer(answer)}` },
    ...describeBytes(bytes, layout).map((text) => ({ kind: "bytes", text }) as const),
  ]);
}

function showAnswer(answer: ParseAnswer): string {
  if (typeof answer !== "object" || answer === null) return showValue(answer);
  if (answer.ok) return `accepted: ${showValue(answer.value)}`;
  return `refused: ${answer.error?.reason}, field ${answer.error?.field}`;
}

/** `bytes` with one of them replaced. */
export function withByte(bytes: Uint8Array, offset: number, value: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[offset] = value;
  return changed;
}

/** `bytes` with padding behind them. */
export function padded(bytes: Uint8Array, length: number, fill = 0): Uint8Array {
  return concat(bytes, new Uint8Array(length).fill(fill));
}
