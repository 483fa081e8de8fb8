import { expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { internetChecksum } from "#lab-1/internet-checksum.ts";

it.each([
  ["the example of RFC 1071 section 3", "0001 f203 f4f5 f6f7", 0x220d],
  ["a captured header without its checksum", "4500 0054 533c 4000 4001 0000 0d08 0002 c633 6402", 0xb02d],
  ["the same header with it", "4500 0054 533c 4000 4001 b02d 0d08 0002 c633 6402", 0],
  ["an overflow that overflows again", "ffff ffff 0001", 0xfffe],
  ["an odd last byte", "0001 f2", 0x0dfe],
  ["one byte", "01", 0xfeff],
  ["nothing", "", 0xffff],
])("checksums %s", (_what, hex, checksum) => {
  expect(internetChecksum(fromHex(hex))).toBe(checksum);
});

it("sums more than 32 bits hold", () => {
  // Adding the overflow back in is arithmetic modulo 0xffff.
  const words = 2 ** 17;
  const bytes = Uint8Array.from({ length: 2 * words }, (_, index) => (index % 2 === 0 ? 0xff : 0xfe));
  expect(internetChecksum(bytes)).toBe(0xffff - Number((BigInt(words) * 0xfffen) % 0xffffn));
});

it("sees only its own part of a buffer", () => {
  expect(internetChecksum(fromHex("ffff 0001 f203 f4f5 f6f7 ffff").subarray(2, 10))).toBe(0x220d);
});
