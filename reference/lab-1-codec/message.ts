import type { Lab1, Message } from "#contract/lab-1-codec.ts";
// BEGIN SOLUTION silent
import { newBytes } from "#kit/new-bytes.ts";

// END SOLUTION
// STUB: import { notImplemented } from "#kit/not-implemented.ts";

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

// BEGIN SOLUTION silent
const noData = new Uint8Array(0);

function dataOf(message: Message): Uint8Array {
  switch (message.type) {
    case "ip-request":
    case "heartbeat":
      return noData;
    case "ip-response":
      return message.data;
    case "internet-request":
    case "internet-response":
      return message.packet;
    default:
      return message satisfies never;
  }
}

// END SOLUTION
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
  // BEGIN SOLUTION
  const data = dataOf(message);
  const length = headerLength + data.length;
  if (length > 0xffff_ffff) throw new RangeError(`${data.length} bytes of data do not fit one message.`);
  const bytes = newBytes(length);
  // By hand, since this runs for every packet: a DataView would cost more than all the rest.
  bytes[0] = length & 0xff;
  bytes[1] = (length >>> 8) & 0xff;
  bytes[2] = (length >>> 16) & 0xff;
  bytes[3] = length >>> 24;
  bytes[4] = typeNumbers[message.type];
  bytes.set(data, headerLength);
  return bytes;
  // END SOLUTION
  // STUB: return notImplemented("lab-1 message: encode", "docs/lab-1-codec.md#messages");
};
