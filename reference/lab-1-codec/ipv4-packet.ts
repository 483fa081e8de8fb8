import type { Lab1 } from "#contract/lab-1-codec.ts";
// BEGIN SOLUTION silent
import type { Parsed, WireError } from "#contract/vocabulary.ts";
import { ipv4FromBytes, ipv4ToBytes } from "#kit/addresses.ts";
// END SOLUTION
// STUB: import { notImplemented } from "#kit/not-implemented.ts";
// BEGIN SOLUTION silent
import { internetChecksum } from "./internet-checksum.ts";

// END SOLUTION

// BEGIN SOLUTION silent
const shortestHeader = 20;
const longestOptions = 40;

const flags = { reserved: 0x8000, dontFragment: 0x4000, moreFragments: 0x2000 } as const;
const fragmentOffsetMask = 0x1fff;

/** Where each field of the shortest header ends, in bytes from the start. */
const fieldEnds = [
  ["version", 1],
  ["typeOfService", 2],
  ["totalLength", 4],
  ["identification", 6],
  ["flags", 8],
  ["timeToLive", 9],
  ["protocol", 10],
  ["headerChecksum", 12],
  ["source", 16],
  ["destination", shortestHeader],
] as const;

function refuse(reason: WireError["reason"], field: string): Parsed<never> {
  return { ok: false, error: { reason, field } };
}

function truncatedAt(length: number): Parsed<never> {
  return refuse("truncated", fieldEnds.find(([, end]) => end > length)![0]);
}

/** Caller's misuse: a number that its field cannot carry. */
function requireWhole(name: string, value: number, highest: number): void {
  if (!Number.isInteger(value) || value < 0 || value > highest)
    throw new RangeError(`${name} is ${value}, which is not a whole number from 0 to ${highest}.`);
}

// END SOLUTION
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
    // BEGIN SOLUTION
    if (bytes.length < shortestHeader) return truncatedAt(bytes.length);
    const word = (offset: number) => (bytes[offset]! << 8) | bytes[offset + 1]!;
    if (bytes[0]! >>> 4 !== 4) return refuse("bad-version", "version");
    const headerLength = (bytes[0]! & 0x0f) * 4;
    if (headerLength < shortestHeader) return refuse("bad-length", "headerLength");
    if (headerLength > bytes.length) return refuse("truncated", "options");
    const totalLength = word(2);
    if (totalLength < headerLength) return refuse("bad-length", "totalLength");
    if (totalLength > bytes.length) return refuse("truncated", "payload");
    // The header holds its own checksum, and over such bytes the checksum is 0.
    if (internetChecksum(bytes.subarray(0, headerLength)) !== 0) return refuse("bad-checksum", "headerChecksum");
    const fragment = word(6);
    if ((fragment & flags.reserved) !== 0) return refuse("malformed", "flags");
    return {
      ok: true,
      value: {
        typeOfService: bytes[1]!,
        identification: word(4),
        dontFragment: (fragment & flags.dontFragment) !== 0,
        moreFragments: (fragment & flags.moreFragments) !== 0,
        fragmentOffset: (fragment & fragmentOffsetMask) * 8,
        timeToLive: bytes[8]!,
        protocol: bytes[9]!,
        source: ipv4FromBytes(bytes, 12),
        destination: ipv4FromBytes(bytes, 16),
        options: bytes.subarray(shortestHeader, headerLength),
        payload: bytes.subarray(headerLength, totalLength),
      },
    };
    // END SOLUTION
    // STUB: return notImplemented("lab-1 IPv4 packet: parse", "docs/lab-1-codec.md#ipv4-packet");
  },

  /**
   * Your task: version, both lengths and the checksum follow from the rest. Throw a `RangeError` for a number that is out of range or
   * not whole, a `fragmentOffset` that is no multiple of 8, options of more than 40 bytes or of no multiple of 4, and for more than
   * 65535 bytes in all. The checksum is computed last, over a header whose checksum field is 0.
   */
  serialize: (packet) => {
    // BEGIN SOLUTION
    requireWhole("typeOfService", packet.typeOfService, 0xff);
    requireWhole("identification", packet.identification, 0xffff);
    requireWhole("fragmentOffset", packet.fragmentOffset, fragmentOffsetMask * 8);
    if (packet.fragmentOffset % 8 !== 0) throw new RangeError(`fragmentOffset is ${packet.fragmentOffset}, which is no multiple of 8.`);
    requireWhole("timeToLive", packet.timeToLive, 0xff);
    requireWhole("protocol", packet.protocol, 0xff);
    requireWhole("the length of options", packet.options.length, longestOptions);
    if (packet.options.length % 4 !== 0) throw new RangeError(`options are ${packet.options.length} bytes, which is no multiple of 4.`);
    const headerLength = shortestHeader + packet.options.length;
    const totalLength = headerLength + packet.payload.length;
    requireWhole("totalLength", totalLength, 0xffff);

    const bytes = new Uint8Array(totalLength);
    const setWord = (offset: number, value: number) => {
      bytes[offset] = value >>> 8;
      bytes[offset + 1] = value & 0xff;
    };
    bytes[0] = (4 << 4) | (headerLength / 4);
    bytes[1] = packet.typeOfService;
    setWord(2, totalLength);
    setWord(4, packet.identification);
    const flagBits = (packet.dontFragment ? flags.dontFragment : 0) | (packet.moreFragments ? flags.moreFragments : 0);
    setWord(6, flagBits | (packet.fragmentOffset / 8));
    bytes[8] = packet.timeToLive;
    bytes[9] = packet.protocol;
    bytes.set(ipv4ToBytes(packet.source), 12);
    bytes.set(ipv4ToBytes(packet.destination), 16);
    bytes.set(packet.options, shortestHeader);
    bytes.set(packet.payload, headerLength);
    setWord(10, internetChecksum(bytes.subarray(0, headerLength)));
    return bytes;
    // END SOLUTION
    // STUB: return notImplemented("lab-1 IPv4 packet: serialize", "docs/lab-1-codec.md#ipv4-packet");
  },
};
