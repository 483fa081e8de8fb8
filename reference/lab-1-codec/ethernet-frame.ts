import type { Lab1 } from "#contract/lab-1-codec.ts";
// BEGIN SOLUTION silent
import type { Parsed, WireError } from "#contract/vocabulary.ts";
import { macFromBytes, macToBytes } from "#kit/addresses.ts";

// END SOLUTION
// STUB: import { notImplemented } from "#kit/not-implemented.ts";

// BEGIN SOLUTION silent
const headerLength = 14;

/** Below this the field is an IEEE 802.3 length, from here on it is a type. */
const smallestEtherType = 0x0600;

/** Where each field ends, in bytes from the start. */
const fieldEnds = [
  ["destination", 6],
  ["source", 12],
  ["etherType", headerLength],
] as const;

function refuse(reason: WireError["reason"], field: string): Parsed<never> {
  return { ok: false, error: { reason, field } };
}

function truncatedAt(length: number): Parsed<never> {
  return refuse("truncated", fieldEnds.find(([, end]) => end > length)![0]);
}

// END SOLUTION
/**
 * The Ethernet II frame, as a TAP device gives it: no preamble, no frame check sequence.
 *
 *     offset 0    destination   6 bytes
 *     offset 6    source        6 bytes
 *     offset 12   etherType     2 bytes, big-endian
 *     offset 14   payload       all the rest
 *
 * A payload shorter than 46 bytes is often followed by padding. The frame cannot tell one from the other, so padding stays in the payload.
 *
 * Handout: docs/lab-1-codec.md#ethernet-frame
 */
export const ethernetFrame: Lab1["ethernetFrame"] = {
  /**
   * Your task: fewer than 14 bytes are `truncated`; an EtherType below 0x0600 is `unsupported`, field `etherType`.
   * The payload is a view into `bytes`, not a copy.
   */
  parse: (bytes) => {
    // BEGIN SOLUTION
    if (bytes.length < headerLength) return truncatedAt(bytes.length);
    const etherType = (bytes[12]! << 8) | bytes[13]!;
    if (etherType < smallestEtherType) return refuse("unsupported", "etherType");
    return {
      ok: true,
      value: { destination: macFromBytes(bytes, 0), source: macFromBytes(bytes, 6), etherType, payload: bytes.subarray(headerLength) },
    };
    // END SOLUTION
    // STUB: return notImplemented("lab-1 Ethernet frame: parse", "docs/lab-1-codec.md#ethernet-frame");
  },

  /** Your task: header and payload in a new array, no padding. Throw a `RangeError` for an EtherType that is not 0x0600 to 0xffff. */
  serialize: (frame) => {
    // BEGIN SOLUTION
    const { etherType } = frame;
    if (!Number.isInteger(etherType) || etherType < smallestEtherType || etherType > 0xffff)
      throw new RangeError(`${etherType} is not an EtherType (1536 to 65535).`);
    const bytes = new Uint8Array(headerLength + frame.payload.length);
    bytes.set(macToBytes(frame.destination), 0);
    bytes.set(macToBytes(frame.source), 6);
    bytes[12] = etherType >>> 8;
    bytes[13] = etherType & 0xff;
    bytes.set(frame.payload, headerLength);
    return bytes;
    // END SOLUTION
    // STUB: return notImplemented("lab-1 Ethernet frame: serialize", "docs/lab-1-codec.md#ethernet-frame");
  },
};
