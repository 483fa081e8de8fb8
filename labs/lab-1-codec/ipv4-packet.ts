import type { Lab1 } from "#contract/lab-1-codec.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/**
 * The IPv4 packet (RFC 791 section 3.1). All numbers are big-endian.
 *
 *     offset 0    version          4 bits    4
 *                 headerLength     4 bits    header with options, in words of 4 bytes: at least 5
 *     offset 1    typeOfService    1 byte
 *     offset 2    totalLength      2 bytes   header and payload
 *     offset 4    identification   2 bytes
 *     offset 6    flags            3 bits    reserved (must be 0), dontFragment, moreFragments
 *                 fragmentOffset   13 bits   in units of 8 bytes
 *     offset 8    timeToLive       1 byte
 *     offset 9    protocol         1 byte
 *     offset 10   headerChecksum   2 bytes   of the header alone, options included
 *     offset 12   source           4 bytes
 *     offset 16   destination      4 bytes
 *     offset 20   options          headerLength * 4 - 20 bytes
 *
 * Handout: docs/lab-1-codec.md#ipv4-packet
 */
export const ipv4Packet: Lab1["ipv4Packet"] = {
  /**
   * Your task: check in this order, and stop at the first that fails.
   *
   * 1. Fewer than 20 bytes: `truncated`.
   * 2. `version` is not 4: `bad-version`.
   * 3. `headerLength` is below 5: `bad-length`. The header ends behind the bytes: `truncated`.
   * 4. `totalLength` is shorter than the header: `bad-length`. It is longer than the bytes: `truncated`.
   * 5. The checksum does not fit the header: `bad-checksum`, field `headerChecksum`.
   * 6. The reserved flag is set: `malformed`, field `flags`.
   *
   * Bytes behind `totalLength` are padding of the link: leave them out. `options` and `payload` are views into `bytes`.
   */
  parse: (bytes) => {
    // Your code here.
    return notImplemented("lab-1 IPv4 packet: parse", "docs/lab-1-codec.md#ipv4-packet");
  },

  /**
   * Your task: version, both lengths and the checksum follow from the rest. Throw a `RangeError` for a number that is out of range or
   * not whole, a `fragmentOffset` that is no multiple of 8, options of more than 40 bytes or of no multiple of 4, and for more than
   * 65535 bytes in all. The checksum is computed last, over a header whose checksum field is 0.
   */
  serialize: (packet) => {
    // Your code here.
    return notImplemented("lab-1 IPv4 packet: serialize", "docs/lab-1-codec.md#ipv4-packet");
  },
};
