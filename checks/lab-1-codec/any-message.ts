import type { Arbitrary } from "fast-check";
import { assemble } from "#checks/harness/wire/assemble.ts";
import { messageLayout } from "#checks/harness/wire/layouts.ts";
import type { Message } from "#contract/lab-1-codec.ts";

/** Bytes that count upwards from any number: a length and a start are quickly made smaller, and each byte still has its place. */
function countingBytes(fc: typeof import("fast-check"), most: number): Arbitrary<Uint8Array> {
  return fc.record({ length: fc.nat(most), from: fc.nat(255) }).map(
    ({ length, from }) => Uint8Array.from({ length }, (_, index) => from + index),
    (bytes) => (bytes instanceof Uint8Array ? { length: bytes.length, from: bytes[0] ?? 0 } : { length: 0, from: 0 }),
  );
}

/** Generates messages of every type, with up to `most` bytes of data. */
export function anyMessage(fc: typeof import("fast-check"), most = 600): Arbitrary<Message> {
  // Empty data is a case of its own, and rare among generated lengths.
  const bytes = fc.oneof({ weight: 6, arbitrary: countingBytes(fc, most) }, countingBytes(fc, 0));
  return fc.oneof(
    fc.constant<Message>({ type: "ip-request" }),
    fc.constant<Message>({ type: "heartbeat" }),
    fc.record({ type: fc.constant("ip-response" as const), data: bytes }),
    fc.record({ type: fc.constantFrom("internet-request" as const, "internet-response" as const), packet: bytes }),
  );
}

const numbers = { "ip-request": 100, "ip-response": 101, "internet-request": 102, "internet-response": 103, heartbeat: 104 } as const;

/** The message's bytes, written by the layout. */
export function messageBytes(message: Message): Uint8Array {
  const data = "data" in message ? message.data : "packet" in message ? message.packet : new Uint8Array();
  return rawMessage(numbers[message.type], data);
}

/** A message of any type, known or not, with a length that may lie. */
export function rawMessage(type: number, data: Uint8Array, length = 5 + data.length): Uint8Array {
  return assemble(messageLayout, { length, type }, data);
}
