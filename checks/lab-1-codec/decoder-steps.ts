import type { Exam } from "#checks/harness/check.ts";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectEqual } from "#checks/harness/expect.ts";
import { createOutbox, type Outbox } from "#checks/harness/outbox.ts";
import type { Step } from "#checks/harness/scenario.ts";
import type { Story } from "#checks/harness/story.ts";
import { toLab } from "#checks/harness/story-packet.ts";
import type { Subject } from "#checks/harness/subject.ts";
import { ipv4Layout, textLayout } from "#checks/harness/wire/layouts.ts";
import type { DecoderEvent, Lab1, Message, MessageDecoder } from "#contract/lab-1-codec.ts";
import { toHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import { describeMessage } from "#kit/describe.ts";

/** A decoder, and the events that no step has expected yet. */
export type DecoderWorld = { readonly decoder: Subject<MessageDecoder>; readonly outbox: Outbox<DecoderEvent>; readonly story: Story };

/** The longest message of a classic peer: 5 + 4096 bytes. */
export const classicLimit = 4101;

export function beginDecoding(maxLength = classicLimit): (exam: Exam<Lab1>) => Promise<DecoderWorld> {
  return async ({ subject, story }) => ({
    decoder: await subject.createMessageDecoder({ maxLength }),
    outbox: createOutbox<DecoderEvent>(story, describeEvent, { gather: true }),
    story,
  });
}

/** These bytes come out of the socket. */
export function receive(chunk: Uint8Array, what?: string): Step<DecoderWorld> {
  return async ({ decoder, outbox, story }) => {
    const words = what ?? `${counted(chunk.length, "byte")} ${toHex(chunk.subarray(0, 16))}${chunk.length > 16 ? "…" : ""}`.trimEnd();
    story.tell("recv", words, toLab("four-over-six", chunk));
    outbox.put(await decoder.receive(chunk));
  };
}

/**
 * These chunks come one after the other, and these events come out of them, no more and no fewer. Each is judged when its chunk has been
 * received: a long story ends where the first thing goes wrong.
 */
export function receiveAll(chunks: readonly Uint8Array[], events: readonly DecoderEvent[]): Step<DecoderWorld> {
  return async (world) => {
    const expected = events.values();
    for (const chunk of chunks) {
      await receive(chunk)(world);
      while (world.outbox.waiting() > 0) {
        const next = expected.next();
        if (next.done) world.outbox.expectEmpty();
        else await expectEventNext(next.value)(world);
      }
    }
    for (const event of expected) await expectEventNext(event)(world);
  };
}

/** The events that a decoder gives for these messages. */
export function eventsOf(messages: readonly Message[]): readonly DecoderEvent[] {
  return messages.map((message) => ({ kind: "message", message }));
}

export function expectMessage(message: Message): Step<DecoderWorld> {
  return expectEventNext({ kind: "message", message });
}

export function expectMessages(expected: readonly Message[]): Step<DecoderWorld> {
  return async (world) => {
    for (const message of expected) await expectMessage(message)(world);
  };
}

export function expectIgnored(type: number, length: number): Step<DecoderWorld> {
  return expectEventNext({ kind: "ignored", type, length }, `an ignored message of type ${type}`);
}

export function expectError(): Step<DecoderWorld> {
  return expectEventNext({ kind: "error", error: { reason: "bad-length", field: "length" } }, "a framing error");
}

/** @param words what is missing when no event is waiting */
function expectEventNext(event: DecoderEvent, words = describeEvent(event)[1]): Step<DecoderWorld> {
  return async ({ outbox, story }) => {
    const chunks = story.lines().filter(({ verb }) => verb === "recv").length;
    expectEvent(outbox.take(words), event, { cut: chunks > 1 });
  };
}

/** No event is waiting. */
export function expectNothing(): Step<DecoderWorld> {
  return async ({ outbox }) => outbox.expectEmpty();
}

/** @param options.cut whether more than one chunk was received, so that something may have been kept */
function expectEvent(actual: DecoderEvent, expected: DecoderEvent, { cut }: { readonly cut: boolean }): void {
  const sameKind = actual?.kind === expected.kind;
  const sameType = sameKind && (actual.kind !== "message" || expected.kind !== "message" || actual.message?.type === expected.message.type);
  if (!sameType) {
    throw new CheckFailure("the decoder found something else", [
      { kind: "expected", text: `expected  ${describeEvent(expected)[1]}` },
      { kind: "got", text: `got       ${describeEvent(actual)[1]}` },
      ...(cut && actual?.kind === "error" ? [{ kind: "note", text: lostFraming } as const] : []),
    ]);
  }
  const layout = expected.kind === "message" && "packet" in expected.message ? ipv4Layout : textLayout;
  expectEqual(actual, expected, describeEvent(expected)[1], { layout });
}

const lostFraming =
  "a length that was not sent? Then bytes are lost between two chunks, or a chunk is kept as a view, which reads a5 a5 a5 after its call";

/** An event in one line. */
function describeEvent(event: DecoderEvent): readonly [verb: string, words: string] {
  switch (event?.kind) {
    case "message":
      return ["found", describeMessage(event.message) ?? `a message of the unknown type ${JSON.stringify(event.message)}`];
    case "ignored":
      return ["found", `a message of type ${event.type}, ${counted(event.length, "byte")}, ignored`];
    case "error":
      return ["found", `a framing error: ${event.error?.reason}, field ${event.error?.field}`];
    default:
      return ["found", `something that is no event: ${JSON.stringify(event)}`];
  }
}
