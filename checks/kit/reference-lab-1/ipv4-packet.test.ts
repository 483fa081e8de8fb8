import { describe, expect, it } from "vitest";
import type { Ipv4Packet } from "#contract/lab-1-codec.ts";
import { ipv4 } from "#kit/addresses.ts";
import { concat, fromHex, toHex } from "#kit/bytes.ts";
import { internetChecksum } from "#lab-1/internet-checksum.ts";
import { ipv4Packet } from "#lab-1/ipv4-packet.ts";

/** The header is the last fragment's of a captured ping (370 units of 8 bytes), with options and payload of our own. */
const bytes = fromHex("47 c0 0020 f988 0172 40 01 ee17 c0000201 c0000202 07070400000000 00 a1a2a3a4");
const packet: Ipv4Packet = {
  typeOfService: 0xc0,
  identification: 0xf988,
  dontFragment: false,
  moreFragments: false,
  fragmentOffset: 2960,
  timeToLive: 64,
  protocol: 1,
  source: ipv4("192.0.2.1"),
  destination: ipv4("192.0.2.2"),
  options: fromHex("0707040000000000"),
  payload: fromHex("a1a2a3a4"),
};

/** The packet with other bytes at `offset`, and a checksum that fits them. */
function changed(offset: number, hex: string): Uint8Array {
  const copy = bytes.slice();
  copy.set(fromHex(hex), offset);
  copy.set([0, 0], 10);
  const checksum = internetChecksum(copy.subarray(0, (copy[0]! & 0x0f) * 4));
  copy.set([checksum >>> 8, checksum & 0xff], 10);
  return copy;
}

const errorOf = (parsed: ReturnType<typeof ipv4Packet.parse>) => (parsed.ok ? "accepted" : `${parsed.error.reason} ${parsed.error.field}`);

describe("both ways", () => {
  it("with options, fragment offset and type of service", () => {
    expect(ipv4Packet.parse(bytes)).toEqual({ ok: true, value: packet });
    expect(toHex(ipv4Packet.serialize(packet))).toBe(toHex(bytes));
  });

  it.each<[string, Partial<Ipv4Packet>]>([
    ["4000", { dontFragment: true, fragmentOffset: 0 }],
    ["2000", { moreFragments: true, fragmentOffset: 0 }],
    ["20b9", { moreFragments: true, fragmentOffset: 1480 }],
    ["7fff", { dontFragment: true, moreFragments: true, fragmentOffset: 65528 }],
  ])("flags and fragment offset %s", (hex, fields) => {
    expect(ipv4Packet.parse(changed(6, hex))).toEqual({ ok: true, value: { ...packet, ...fields } });
    expect(toHex(ipv4Packet.serialize({ ...packet, ...fields }))).toBe(toHex(changed(6, hex)));
  });

  it("without padding, and with views", () => {
    const padded = concat(fromHex("a5a5a5"), bytes, new Uint8Array(14)).subarray(3);
    const parsed = ipv4Packet.parse(padded);
    expect(parsed).toEqual({ ok: true, value: packet });
    expect(parsed.ok && [parsed.value.options.buffer, parsed.value.payload.buffer]).toEqual([padded.buffer, padded.buffer]);
    expect(parsed.ok && parsed.value.payload.byteOffset).toBe(padded.byteOffset + 28);
  });
});

describe("parse refuses", () => {
  it("every truncation", () => {
    const lengths = {
      version: 1,
      typeOfService: 1,
      totalLength: 2,
      identification: 2,
      flags: 2,
      timeToLive: 1,
      protocol: 1,
      headerChecksum: 2,
      source: 4,
      destination: 4,
      options: 8,
      payload: 4,
    };
    const errors = Array.from(bytes, (_, length) => errorOf(ipv4Packet.parse(bytes.subarray(0, length))));
    expect(errors).toEqual(Object.entries(lengths).flatMap(([field, length]) => Array(length).fill(`truncated ${field}`)));
  });

  it("every damaged bit of the header", () => {
    for (let bit = 0; bit < 28 * 8; bit++) {
      const damaged = bytes.slice();
      damaged[bit >>> 3]! ^= 0x80 >>> (bit & 7);
      expect(ipv4Packet.parse(damaged).ok, `bit ${bit}`).toBe(false);
    }
  });

  it("the first thing wrong, whatever else is", () => {
    // From one line to the next, the first fault is mended and the others stay.
    expect(errorOf(ipv4Packet.parse(fromHex("64 c0 001b f988 8172")))).toBe("truncated timeToLive");
    const wrong = bytes.slice();
    wrong.set(fromHex("64 c0 001b f988 8172"));
    expect(errorOf(ipv4Packet.parse(wrong))).toBe("bad-version version");
    wrong[0] = 0x44;
    expect(errorOf(ipv4Packet.parse(wrong))).toBe("bad-length headerLength");
    wrong[0] = 0x49;
    expect(errorOf(ipv4Packet.parse(wrong))).toBe("truncated options");
    wrong[0] = 0x47;
    expect(errorOf(ipv4Packet.parse(wrong))).toBe("bad-length totalLength");
    wrong[3] = 0x21;
    expect(errorOf(ipv4Packet.parse(wrong))).toBe("truncated payload");
    wrong[3] = 0x20;
    expect(errorOf(ipv4Packet.parse(wrong))).toBe("bad-checksum headerChecksum");
    expect(errorOf(ipv4Packet.parse(changed(6, "8172")))).toBe("malformed flags");
  });

  it("a total length shorter than the header, but not one as long", () => {
    expect(errorOf(ipv4Packet.parse(changed(2, "001b")))).toBe("bad-length totalLength");
    expect(ipv4Packet.parse(changed(2, "001c"))).toEqual({ ok: true, value: { ...packet, payload: new Uint8Array(0) } });
  });
});

describe("serialize", () => {
  it.each<Partial<Ipv4Packet>>([
    { typeOfService: 256 },
    { typeOfService: -1 },
    { identification: 65_536 },
    { identification: 0.5 },
    { fragmentOffset: 4 },
    { fragmentOffset: 65_536 },
    { timeToLive: 256 },
    { timeToLive: Number.NaN },
    { protocol: 256 },
    { options: new Uint8Array(3) },
    { options: new Uint8Array(44) },
    { payload: new Uint8Array(65_508) },
  ])("refuses %j", (fields) => {
    expect(() => ipv4Packet.serialize({ ...packet, ...fields })).toThrow(RangeError);
  });

  it("fills a packet to its limits", () => {
    const largest = { ...packet, options: new Uint8Array(40), payload: new Uint8Array(65_475).fill(0xa5) };
    const written = ipv4Packet.serialize(largest);
    expect(written.length).toBe(65_535);
    expect(ipv4Packet.parse(written)).toEqual({ ok: true, value: largest });
  });
});
