import type { Arbitrary } from "fast-check";
import { assemble } from "#checks/harness/wire/assemble.ts";
import { messageLayout } from "#checks/harness/wire/layouts.ts";
import type { Message } from "#contract/lab-1-codec.ts";

/** Generates messages of every type, with up to `most` bytes of data. */
export function anyMessage(fc: typeof import("fast-check"), most = 600): Arbitrary<Message> {
  // Empty data is a case of its own, and rare among generated lengths.
  const bytes = fc.oneof({ weight: 6, arbitrary: fc.uint8Array({ maxLength: most, size: "max" }) }, fc.constant(new Uint8Array()));
  return fc.oneof(
    fc.constant<Message>({ type: "ip-request" }),
    fc.constant<Message>({ type: "heartbeat" }),
    bytes.map((data): Message => ({ type: "ip-response", data })),
    bytes.map((packet): Message => ({ type: "internet-request", packet })),
    bytes.map((packet): Message => ({ type: "internet-response", packet })),
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
