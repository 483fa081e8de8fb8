import type { Check } from "#checks/harness/check.ts";
import { expectThrows } from "#checks/harness/expect.ts";
import { forAll } from "#checks/harness/generate.ts";
import { scenario } from "#checks/harness/scenario.ts";
import type { Lab1, Message } from "#contract/lab-1-codec.ts";
import { messages } from "#fixtures/vectors/messages.ts";
import { concat, fromHex } from "#kit/bytes.ts";
import { anyMessage, messageBytes, rawMessage } from "./any-message.ts";
import { chunksOf, cutAt, cutEvery } from "./chunks.ts";
import { beginDecoding, eventsOf, expectMessage, expectMessages, expectNothing, receive, receiveAll } from "./decoder-steps.ts";
import { decodeNaively } from "./naive-decoder.ts";

const framing = "docs/protocol.md#framing";

const ping = messages[2]?.value as Message;
const request: Message = { type: "ip-request" };
/** One message of each type, one behind the other, and what they are. */
const stream = concat(...messages.map(({ hex }) => fromHex(hex)));
const inStream = messages.map(({ value }) => value);
const data = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7) & 0xff);

/** A part of a stream: a message, whose length may lie, or bytes without a meaning. */
type Part = { readonly type: number; readonly data: Uint8Array; readonly length?: number } | { readonly noise: Uint8Array };

function partBytes(part: Part): Uint8Array {
  return "noise" in part ? part.noise : rawMessage(part.type, part.data, part.length);
}

export const checks: readonly Check<Lab1>[] = [
  {
    id: "lab-1.decode-each-type",
    title: "A message of each type is recognised",
    rule: "docs/protocol.md#messages",
    hints: [
      "Look at receive() when a chunk holds exactly one message.",
      "The type in byte 4 decides which kind of message it is; the data are the bytes behind it.",
      "Return [{ kind: 'message', message }] with data for 101, packet for 102 and 103, neither for 100 and 104.",
    ],
    run: scenario(
      beginDecoding(),
      messages.flatMap(({ name, hex, value }) => [receive(fromHex(hex), name), expectMessage(value)]),
    ),
  },
  {
    id: "lab-1.decode-glued",
    title: "Several messages in one chunk are all delivered, in order",
    rule: framing,
    hints: [
      "Look at what happens behind the first message of a chunk.",
      "TCP may deliver ten messages at once. One receive() call is not one message.",
      "Loop while a whole message is there, and collect the events. (Do you read the second header with a DataView? It begins at bytes.byteOffset of bytes.buffer, not at 0.)",
    ],
    run: scenario(beginDecoding(), [receive(stream, "one message of each type, glued together"), expectMessages(inStream)]),
  },
  {
    id: "lab-1.decode-split",
    title: "A message that comes in two pieces is put together, wherever it is cut",
    rule: framing,
    hints: [
      "Look at what you keep when a chunk ends in the middle of a message.",
      "The cut can be anywhere: in the length, before the type, in the data, exactly between two messages.",
      "Keep the bytes that belong to no whole message yet, put them in front of the next chunk.",
    ],
    run: async (exam) => {
      for (let cut = 1; cut < stream.length; cut += cut < 70 || cut > stream.length - 12 ? 1 : 17) {
        exam.story.restart();
        await scenario(beginDecoding(), [receiveAll(cutAt(stream, cut), eventsOf(inStream))])(exam);
      }
    },
  },
  {
    id: "lab-1.decode-bytewise",
    title: "A stream that comes byte by byte gives the same messages",
    rule: framing,
    hints: [
      "Look at a header that is not whole yet: one byte of a length is not a length.",
      "With less than five bytes you cannot know anything: wait.",
      "Only read the length when five bytes are there, and only read the data when `length` bytes are there.",
    ],
    run: scenario(beginDecoding(), [receiveAll(cutEvery(stream, 1), eventsOf(inStream))]),
  },
  {
    id: "lab-1.decode-at-once",
    title: "A message is delivered with its last byte, not with the next one's first",
    rule: framing,
    hints: [
      "Look at the moment when the last byte of a message has arrived, and nothing follows.",
      "Clients wait for the answer before they send more: a message held back is a standstill.",
      "Compare with >= : a message is whole when at least `length` bytes are there.",
    ],
    run: scenario(beginDecoding(), [
      receive(messageBytes(ping).slice(0, -1), "all but the last byte of a packet"),
      expectNothing(),
      receive(messageBytes(ping).slice(-1), "the last byte"),
      expectMessage(ping),
      receive(messageBytes(request), "an IP request"),
      expectMessage(request),
    ]),
  },
  {
    id: "lab-1.decode-empty-chunk",
    title: "An empty chunk changes nothing",
    rule: framing,
    hints: [
      "Look at receive() with no bytes.",
      "No bytes, no events; and what was kept must still be there.",
      "An empty chunk needs no code of its own if your loop's condition is right.",
    ],
    run: scenario(beginDecoding(), [
      receive(new Uint8Array(), "nothing"),
      expectNothing(),
      receive(messageBytes(ping).slice(0, 9), "a packet's first nine bytes"),
      receive(new Uint8Array(), "nothing"),
      expectNothing(),
      receive(messageBytes(ping).slice(9), "the rest of it"),
      expectMessage(ping),
    ]),
  },
  {
    id: "lab-1.decode-keeps-copies",
    title: "What is kept of a cut message is a copy",
    rule: framing,
    hints: [
      "Look at what you keep of a chunk after receive() has returned.",
      "The socket's buffer is used again for the next read: a view (subarray) of it then shows other bytes. a5 a5 a5 in the story is just that.",
      "Keep chunk.slice(…) rather than chunk.subarray(…).",
    ],
    run: scenario(beginDecoding(), [
      receiveAll(
        cutEvery(messageBytes({ type: "internet-request", packet: data(300) }), 64),
        eventsOf([{ type: "internet-request", packet: data(300) }]),
      ),
    ]),
  },
  {
    id: "lab-1.decode-two-decoders",
    title: "Two decoders do not share what they keep",
    rule: framing,
    hints: [
      "Look at where you keep the unfinished message.",
      "There is one decoder a connection. A variable outside createMessageDecoder is shared by all clients.",
      "Declare the kept bytes inside createMessageDecoder.",
    ],
    run: async (exam) => {
      const [first, second] = [await beginDecoding()(exam), await beginDecoding()(exam)];
      const other: Message = { type: "internet-request", packet: data(30) };
      await receive(messageBytes(ping).slice(0, 12), "the first 12 bytes of a packet, to decoder one")(first);
      await receive(messageBytes(other).slice(0, 20), "the first 20 bytes of another packet, to decoder two")(second);
      await receive(messageBytes(ping).slice(12), "the rest, to decoder one")(first);
      await expectMessage(ping)(first);
      await receive(messageBytes(other).slice(20), "the rest, to decoder two")(second);
      await expectMessage(other)(second);
    },
  },
  {
    id: "lab-1.decode-results-stay",
    title: "A message that was delivered does not change when more arrives",
    rule: framing,
    hints: [
      "Look at whether the packets that you return share memory with a buffer that you write again.",
      "What a function returns belongs to the caller, who may keep it while you go on.",
      "Use a new buffer for each cut message, or return a slice() of your own buffer.",
    ],
    run: async (exam) => {
      const world = await beginDecoding()(exam);
      const packets = [data(200), data(201).map((byte) => byte ^ 0xff)].map((packet): Message => ({ type: "internet-request", packet }));
      const whole = concat(...packets.map(messageBytes));
      // Cut so that each of the two is put together from pieces.
      await receiveAll(chunksOf(whole, [90, 200, 300]), eventsOf(packets))(world);
    },
  },
  {
    id: "lab-1.decode-limit-misuse",
    title: "A limit that is no limit throws a RangeError",
    rule: "docs/lab-1-codec.md#the-message-decoder",
    hints: [
      "Look at createMessageDecoder({ maxLength }).",
      "A limit below 5 would refuse every message, and NaN would refuse none: comparisons with NaN are false.",
      "Throw a RangeError unless Number.isInteger(maxLength) and maxLength >= 5.",
    ],
    run: async ({ subject, story }) => {
      for (const maxLength of [4, 0, -1, 5.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        story.tell("call", `createMessageDecoder({ maxLength: ${maxLength} })`);
        await expectThrows(subject.createMessageDecoder({ maxLength }), "RangeError", `maxLength ${maxLength}`, () => "a decoder");
      }
    },
  },
  {
    id: "lab-1.decode-generated",
    title: "Any messages, cut in any way, come out as they went in",
    rule: framing,
    hints: [
      "Look at the smallest failing stream that the story shows, chunk by chunk.",
      "What is kept after each chunk? Write it down for the chunks shown.",
      "The result may not depend on the chunking at all: concat(kept, chunk), take whole messages, keep the rest.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => fc.record({ messages: fc.array(anyMessage(fc, 60), { maxLength: 8 }), cuts: fc.array(fc.nat(300), { maxLength: 8 }) }),
        async (input) => {
          const world = await beginDecoding()(exam);
          await receiveAll(chunksOf(concat(...input.messages.map(messageBytes)), input.cuts), eventsOf(input.messages))(world);
        },
        { cases: 50 },
      ),
  },
  {
    id: "lab-1.decode-noise",
    title: "A stream of honest, lying and random messages is read as far as it can be",
    rule: framing,
    hints: [
      "Look at the smallest failing stream that the story shows.",
      "Whatever a peer sends, the decoder answers with events. It never throws, and never reads behind the bytes that are there.",
      "Go through it by hand: length, type, the tolerated lengths of 100 and 104, the limit (64 here), unknown types.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => {
          const honest = fc.record({ type: fc.integer({ min: 98, max: 106 }), data: fc.uint8Array({ maxLength: 12 }) });
          const lying = fc.record({ type: fc.integer({ min: 98, max: 106 }), data: fc.uint8Array({ maxLength: 12 }), length: fc.nat(70) });
          const noise = fc.record({ noise: fc.uint8Array({ maxLength: 8 }) });
          return fc.record({
            parts: fc.array(fc.oneof(lying, honest, honest, noise), { maxLength: 8 }),
            cuts: fc.array(fc.nat(120), { maxLength: 6 }),
          });
        },
        async ({ parts, cuts }: { readonly parts: readonly Part[]; readonly cuts: readonly number[] }) => {
          const world = await beginDecoding(64)(exam);
          const bytes = concat(...parts.map(partBytes));
          await receiveAll(chunksOf(bytes, cuts), decodeNaively(bytes, 64))(world);
        },
        { cases: 60 },
      ),
  },
];
