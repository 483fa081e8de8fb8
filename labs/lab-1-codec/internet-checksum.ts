import type { Lab1 } from "#contract/lab-1-codec.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/**
 * The internet checksum (RFC 1071), which tells a receiver that bits were damaged on the way. IPv4, ICMP, UDP and TCP all use it.
 *
 * Read the bytes as 16-bit words, high byte first, and add them up. Whatever overflows 16 bits is added back in at the low end, until
 * nothing overflows any more ("ones' complement sum"). The checksum is the complement of that sum: every bit flipped.
 *
 *     00 01 f2 03 f4 f5 f6 f7   0x0001 + 0xf203 + 0xf4f5 + 0xf6f7 = 0x2ddf0
 *                               0xddf0 + 0x2 = 0xddf2, complement 0x220d
 *
 * Traps: an odd last byte is the *high* byte of a word whose low byte is 0. One addition of the overflow can overflow again.
 * JavaScript's `<<`, `|` and `>>>` work on 32 bits: the sum of a large buffer does not fit.
 *
 * Your task: return the checksum of `bytes`, 0 to 65535. Handout: docs/lab-1-codec.md#internet-checksum
 */
export const internetChecksum: Lab1["internetChecksum"] = (bytes) => {
  // Your code here.
  return notImplemented("lab-1 internet checksum", "docs/lab-1-codec.md#internet-checksum");
};
