import { describe, expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { dissect, type Layout } from "./layout.ts";
import { arpLayout, ethernetLayout, ipv4Layout, messageLayout } from "./layouts.ts";

const words = (bytes: Uint8Array, layout: Layout) => dissect(bytes, layout).map(({ layout: { name }, name: field, text }) => `${name}.${field} ${text}`); // biome-ignore format: one line

const tiny: Layout = {
  name: "Tiny",
  source: "here",
  fields: [
    { name: "three", bits: 3 },
    { name: "thirteen", bits: 13, show: "hex" },
    { name: "little", bits: 16, littleEndian: true },
  ],
  rest: ({ three = 0n }) => ({ options: Number(three) }),
};

describe("dissect", () => {
  it("reads fields of a few bits, and both byte orders", () => {
    expect(dissect(fromHex("4123 0102"), tiny)).toMatchObject([
      { name: "three", value: 2n, text: "2", firstByte: 0, endByte: 1 },
      { name: "thirteen", value: 0x123n, text: "0x0123", firstByte: 0, endByte: 2 },
      { name: "little", value: 0x0201n, text: "513", firstByte: 2, endByte: 4 },
    ]);
  });

  it("finds options and payload behind the fields", () => {
    expect(words(fromHex("4123 0102 aabb 01020304050607080910"), tiny).slice(3)).toEqual([
      "Tiny.options 2 bytes aabb",
      "Tiny.payload 10 bytes 0102030405060708…",
    ]);
  });

  it("stops where the bytes end, in the fields as in the options", () => {
    expect(words(fromHex("4123 01"), tiny)).toEqual(["Tiny.three 2", "Tiny.thirteen 0x0123"]);
    expect(words(fromHex("4123 0102 aa"), tiny)[3]).toBe("Tiny.options 1 byte aa");
    expect(words(new Uint8Array(), tiny)).toEqual([]);
  });

  it("reads a captured ping inside a message of the tunnel, whose length is little-endian", () => {
    const bytes = fromHex("59000000 66 45000054 533c4000 4001b02d 0d080002 c6336402 0800");
    const found = words(bytes, messageLayout);
    expect(found.slice(0, 2)).toEqual(["4over6.length 89", "4over6.type 102"]);
    expect(found).toContain("IPv4.totalLength 84");
    expect(found).toContain("IPv4.source 13.8.0.2");
    expect(found).toContain("IPv4.destination 198.51.100.2");
    expect(found.at(-1)).toBe("IPv4.payload 2 bytes 0800");
  });

  it("does not look for a packet in other messages", () => {
    expect(words(fromHex("07000000 65 4500"), messageLayout).at(-1)).toBe("4over6.payload 2 bytes 4500");
  });

  it("reads ARP inside Ethernet", () => {
    const bytes = fromHex("ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000009");
    expect(words(bytes, ethernetLayout)).toEqual([
      "Ethernet.destination ff:ff:ff:ff:ff:ff",
      "Ethernet.source 02:00:00:00:00:01",
      "Ethernet.etherType 0x0806",
      ...words(bytes.slice(14), arpLayout),
    ]);
    expect(words(bytes, ethernetLayout).at(-1)).toBe("ARP.targetIp 10.0.0.9");
  });

  it("reads IPv4 options by the header length, and none when that is too small", () => {
    const header = fromHex("4600 0018 0000 0000 4001 0000 0a000001 0a000002 01020304");
    expect(words(header, ipv4Layout).at(-1)).toBe("IPv4.options 4 bytes 01020304");
    header[0] = 0x40;
    expect(words(header, ipv4Layout).at(-1)).toBe("IPv4.payload 4 bytes 01020304");
  });
});
