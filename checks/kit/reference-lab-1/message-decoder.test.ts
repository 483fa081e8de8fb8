import { describe, expect, it } from "vitest";
import type { DecoderEvent } from "#contract/lab-1-codec.ts";
import { concat, fromHex } from "#kit/bytes.ts";
import { createMessageDecoder } from "#lab-1/message-decoder.ts";

const badLength: DecoderEvent = { kind: "error", error: { reason: "bad-length", field: "length" } };
const heartbeat: DecoderEvent = { kind: "message", message: { type: "heartbeat" } };

/** Every kind of event but the error, and the events that it must give. */
const stream = fromHex("0500000064 0700000065 3133 0800000066 450000 0600000009 ff 0500000067 0700000068 a5a5 0000000064 0400000068");
const events: readonly DecoderEvent[] = [
  { kind: "message", message: { type: "ip-request" } },
  { kind: "message", message: { type: "ip-response", data: fromHex("3133") } },
  { kind: "message", message: { type: "internet-request", packet: fromHex("450000") } },
  { kind: "ignored", type: 9, length: 6 },
  { kind: "message", message: { type: "internet-response", packet: new Uint8Array(0) } },
  heartbeat,
  { kind: "message", message: { type: "ip-request" } },
  heartbeat,
];

/** What a decoder gives for chunks that are overwritten as soon as it has returned. */
function decode(chunks: readonly Uint8Array[]): DecoderEvent[] {
  const decoder = createMessageDecoder({ maxLength: 8 });
  return chunks.flatMap((chunk) => {
    const lent = chunk.slice();
    const given = structuredClone(decoder.receive(lent));
    lent.fill(0xa5);
    return given;
  });
}

describe("any chunking gives the same events", () => {
  it("all at once", () => {
    expect(decode([stream])).toEqual(events);
  });

  it("cut at any two places, with an empty chunk between", () => {
    for (let first = 0; first <= stream.length; first++)
      for (let second = first; second <= stream.length; second++)
        expect(
          decode([stream.subarray(0, first), new Uint8Array(0), stream.subarray(first, second), stream.subarray(second)]),
          `cut at ${first} and ${second}`,
        ).toEqual(events);
  });

  it("byte by byte", () => {
    expect(decode(Array.from(stream, (byte) => Uint8Array.of(byte)))).toEqual(events);
  });
});

it("delivers a message with its last byte, and neither before nor after", () => {
  const decoder = createMessageDecoder({ maxLength: 8 });
  expect(decoder.receive(fromHex("0700000066 45"))).toEqual([]);
  expect(decoder.receive(fromHex("00"))).toEqual([{ kind: "message", message: { type: "internet-request", packet: fromHex("4500") } }]);
  expect(decoder.receive(fromHex("0600000009"))).toEqual([]);
  expect(decoder.receive(fromHex("00"))).toEqual([{ kind: "ignored", type: 9, length: 6 }]);
});

describe("framing errors", () => {
  it.each(["0000000066", "0400000065", "0000000009", "0900000066", "0900000068", "0000008064", "ffffffff09"])(
    "%s is one, known from the header alone, and the end",
    (hex) => {
      const header = fromHex(hex);
      for (let cut = 0; cut < header.length; cut++)
        expect(decode([header.subarray(0, cut), concat(header.subarray(cut), stream), stream])).toEqual([badLength]);
      expect(decode([concat(stream, header)])).toEqual([...events, badLength]);
    },
  );

  it("four bytes of the length are not enough to tell", () => {
    const decoder = createMessageDecoder({ maxLength: 8 });
    expect(decoder.receive(fromHex("00000000"))).toEqual([]);
    expect(decoder.receive(fromHex("68"))).toEqual([heartbeat]);
  });
});

describe("memory", () => {
  it("copies nothing of a message that lies whole in the chunk", () => {
    const chunk = fromHex("0500000068 0700000066 4500");
    const [, event] = createMessageDecoder({ maxLength: 8 }).receive(chunk);
    if (event?.kind !== "message" || event.message.type !== "internet-request") throw new Error("Not the packet.");
    expect(event.message.packet.buffer).toBe(chunk.buffer);
  });

  it("does not write to a message that it has given away", () => {
    const decoder = createMessageDecoder({ maxLength: 8 });
    const message = fromHex("0700000066 4500");
    const given = [message, message].flatMap((bytes) => [...decoder.receive(bytes.subarray(0, 3)), ...decoder.receive(bytes.subarray(3))]);
    decoder.receive(fromHex("0800000067 ffffff"));
    const expected = { kind: "message", message: { type: "internet-request", packet: fromHex("4500") } };
    expect(given).toEqual([expected, expected]);
  });

  it("allocates for what has come, not for what is announced", () => {
    const decoder = createMessageDecoder({ maxLength: Number.MAX_SAFE_INTEGER });
    const before = process.memoryUsage().arrayBuffers;
    expect(decoder.receive(fromHex("ffffffff66 45"))).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(65_536);
  });
});

it.each([4, 5.5, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses maxLength %d", (maxLength) => {
  expect(() => createMessageDecoder({ maxLength })).toThrow(RangeError);
});
