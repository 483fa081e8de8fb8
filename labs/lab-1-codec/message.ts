import type { Lab1, Message } from "#contract/lab-1-codec.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/** The length (4 bytes) and the type (1 byte) that every message begins with. */
export const headerLength = 5;

/** The number on the wire of each type of message. The one table for both directions: the decoder reads it too. */
export const typeNumbers = {
  "ip-request": 100,
  "ip-response": 101,
  "internet-request": 102,
  "internet-response": 103,
  heartbeat: 104,
} as const satisfies Record<Message["type"], number>;

/**
 * Writes a 4over6 message as the bytes to send.
 *
 *     offset 0   length   4 bytes, little-endian: the whole message, header included
 *     offset 4   type     1 byte
 *     offset 5   data     length - 5 bytes
 *
 * A heartbeat is `05 00 00 00 68`: five bytes in all, type 104.
 *
 * Traps: the length counts its own header. It is little-endian, though nearly everything else on a network is big-endian.
 *
 * Your task: return the bytes in a new array. Throw a `RangeError` when the whole message would not fit a length of 32 bits.
 * Handout: docs/lab-1-codec.md#messages
 */
export const encodeMessage: Lab1["encodeMessage"] = (message) => {
  // Your code here.
  return notImplemented("lab-1 message: encode", "docs/lab-1-codec.md#messages");
};
