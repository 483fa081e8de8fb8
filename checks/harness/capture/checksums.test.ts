import { describe, expect, it } from "vitest";
import { concat, fromHex } from "#kit/bytes.ts";
import { checksumVerdicts } from "./checksums.ts";
import { ipLayer } from "./ip-layers.ts";

/** Packets with right checksums: the first three were seen on a TUN device, the UDP one was worked out by hand. */
const packets = {
  TCP: fromHex("4500003459ef40004006a9950d080002c6336402 91020050d9af56e32807a57b8010004003f100000101080afeaa6ec7ea5e5413"),
  ICMPv6: fromHex("6000000000083afffe800000000000005a946f7b46c73534ff020000000000000000000000000002 8500372c00000000"),
  ICMP: fromHex(
    `45c00070e419000040015e75c63364010d080002 0301fcfe00000000450000546d5d40003f0196c10d080002c633644d0800597d5fe80001ca1c026b00000000b03e
     030000000000101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637`,
  ),
  UDP: fromHex("4500001d00000000401166ce0a0000010a000002 0001000200098ad6 61"),
};

const verdictsOf = (bytes: Uint8Array) => checksumVerdicts(ipLayer(bytes)).map(({ of, right }) => `${of} ${right ? "right" : "wrong"}`);
const flipped = (bytes: Uint8Array, index: number) => Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ 0x10 : byte));

const udpWithChecksum = (hex: string) => concat(packets.UDP.subarray(0, 26), fromHex(hex), packets.UDP.subarray(28));

describe("checksums", () => {
  it.each(["TCP", "ICMP", "UDP"] as const)("of IPv4 and %s are right", (name) => {
    expect(verdictsOf(packets[name])).toStrictEqual(["IPv4 header right", `${name} right`]);
  });

  it("of ICMPv6 are right, and IPv6 has none of its own", () => {
    expect(verdictsOf(packets.ICMPv6)).toStrictEqual(["ICMPv6 right"]);
  });

  it.each(["TCP", "ICMP", "UDP"] as const)("of %s show each byte of the message that changed", (name) => {
    for (let index = 20; index < packets[name].length; index += 1)
      expect(verdictsOf(flipped(packets[name], index)), `byte ${index}`).toStrictEqual(["IPv4 header right", `${name} wrong`]);
  });

  it("of TCP and UDP cover the addresses, that of ICMP does not", () => {
    for (const index of [12, 15, 16, 19]) {
      expect(verdictsOf(flipped(packets.TCP, index))).toStrictEqual(["IPv4 header wrong", "TCP wrong"]);
      expect(verdictsOf(flipped(packets.UDP, index))).toStrictEqual(["IPv4 header wrong", "UDP wrong"]);
      expect(verdictsOf(flipped(packets.ICMP, index))).toStrictEqual(["IPv4 header wrong", "ICMP right"]);
    }
    for (const index of [8, 23, 24, 39]) expect(verdictsOf(flipped(packets.ICMPv6, index))).toStrictEqual(["ICMPv6 wrong"]);
  });

  it("of UDP over IPv4 may be left out", () => {
    expect(verdictsOf(udpWithChecksum("0000"))).toStrictEqual(["IPv4 header right", "UDP right"]);
    expect(verdictsOf(udpWithChecksum("8a00"))).toStrictEqual(["IPv4 header right", "UDP wrong"]);
    expect(verdictsOf(udpWithChecksum("00d6"))).toStrictEqual(["IPv4 header right", "UDP wrong"]);
  });

  it("of a fragment, and of what is not known, are those of the header", () => {
    const fragment = concat(packets.UDP.subarray(0, 6), fromHex("2000"), packets.UDP.subarray(8));
    expect(verdictsOf(fragment)).toStrictEqual(["IPv4 header wrong"]);
    const unknown = concat(packets.UDP.subarray(0, 9), fromHex("2f"), packets.UDP.subarray(10));
    expect(verdictsOf(unknown)).toStrictEqual(["IPv4 header wrong"]);
  });
});
