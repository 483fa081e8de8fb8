import type { Lab1 } from "#contract/lab-1-codec.ts";
import { notImplemented } from "#kit/not-implemented.ts";

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
    // Your code here.
    return notImplemented("lab-1 Ethernet frame: parse", "docs/lab-1-codec.md#ethernet-frame");
  },

  /** Your task: header and payload in a new array, no padding. Throw a `RangeError` for an EtherType that is not 0x0600 to 0xffff. */
  serialize: (frame) => {
    // Your code here.
    return notImplemented("lab-1 Ethernet frame: serialize", "docs/lab-1-codec.md#ethernet-frame");
  },
};
