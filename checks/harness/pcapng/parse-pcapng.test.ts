import { describe, expect, it } from "vitest";
import { concat, fromHex } from "#kit/bytes.ts";
import { CaptureError } from "../capture/capture-error.ts";
import { parsePcapng } from "./parse-pcapng.ts";
import { interfaceDescription, type PacketBlock, packetBlock, sectionHeader } from "./pcapng-blocks.ts";

const header = sectionHeader({ application: "a program", comment: "what it is" });
const link = interfaceDescription("ethernet", "link", "frames");
const ip = interfaceDescription("raw-ip", "ip", "packets");
const packet: PacketBlock = { interface: 0, atMicroseconds: 0, bytes: fromHex("0102030405"), inbound: true, comment: "" };

function refusal(file: Uint8Array): string {
  try {
    parsePcapng(file, "x.pcapng");
  } catch (error) {
    if (error instanceof CaptureError) return error.message;
    throw error;
  }
  return "";
}

describe("a pcapng file", () => {
  it("reads as it was written", () => {
    const late = { ...packet, interface: 1, atMicroseconds: 9_000_000_000_000_001, comment: "first line\nand ‘another’" };
    expect(parsePcapng(concat(header, link, ip, packetBlock(packet), packetBlock(late)), "x")).toEqual({
      application: "a program",
      comment: "what it is",
      packets: [
        { link: "ethernet", interfaceName: "link", atMicroseconds: 0, bytes: packet.bytes, originalLength: 5, comment: "" },
        {
          link: "raw-ip",
          interfaceName: "ip",
          atMicroseconds: 9_000_000_000_000_001,
          bytes: packet.bytes,
          originalLength: 5,
          comment: "first line\nand ‘another’",
        },
      ],
    });
  });

  it.each([0, 1, 2, 3, 4, 5, 70_000])("may hold a packet of %d bytes", (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => i & 0xff);
    expect(parsePcapng(concat(header, link, packetBlock({ ...packet, bytes })), "x").packets[0]?.bytes).toEqual(bytes);
  });

  it("holds a comment of any length, cut to what people read", () => {
    const [found] = parsePcapng(concat(header, link, packetBlock({ ...packet, comment: "word ".repeat(20_000) })), "x").packets;
    expect(found?.comment.length).toBe(8001);
    expect(found?.comment.endsWith("…")).toBe(true);
  });

  it("may hold longer comments of another program, and several: they are cut, too", () => {
    const [first] = parsePcapng(concat(header, link, packetBlock({ ...packet, comment: "a".repeat(7000) })), "x").packets;
    expect(first?.comment.length).toBe(7000);
    const comment = concat(Uint8Array.of(1, 0, 0xf0, 0xff), new Uint8Array(0xfff0).fill(0x61));
    const fixed = new Uint8Array(20);
    const length = new Uint8Array(Uint32Array.of(12 + fixed.length + 3 * comment.length).buffer);
    const block = concat(Uint8Array.of(6, 0, 0, 0), length, fixed, comment, comment, comment, length);
    expect(parsePcapng(concat(header, link, block), "x").packets[0]?.comment).toBe(`${"a".repeat(8000)}…`);
  });

  it("may be of another program: big-endian, in nanoseconds, with blocks and options that nobody knows", () => {
    const section = fromHex("0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c");
    const description = fromHex("00000001 00000020 0065 0000 00000000 0009 0001 09000000 0000 0000 00000020");
    const unknown = fromHex("00000bad 00000010 deadbeef 00000010");
    const captured = fromHex(
      "00000006 00000034 00000000 00000000 3b9acbf4 00000002 00000014 4500 0000 0abc 0003 61626300 0001 0003 6f6b2e00 00000034",
    );
    expect(parsePcapng(concat(section, unknown, description, captured), "x").packets).toEqual([
      { link: "raw-ip", interfaceName: "", atMicroseconds: 1_000_001, bytes: fromHex("4500"), originalLength: 20, comment: "ok." },
    ]);
  });

  it("may have sections, each with interfaces of its own", () => {
    const { packets, comment } = parsePcapng(
      concat(
        header,
        ip,
        packetBlock(packet),
        sectionHeader({ application: "b", comment: "more" }),
        link,
        packetBlock(packet),
        packetBlock(packet),
      ),
      "x",
    );
    expect(packets.map((each) => each.link)).toEqual(["raw-ip", "ethernet", "ethernet"]);
    expect(comment).toBe("what it is");
  });
});

describe("a damaged pcapng file", () => {
  const file = concat(header, link, packetBlock({ ...packet, comment: "c" }));
  const ends = [header.length, header.length + link.length, file.length];

  it("is refused in one sentence, wherever it is cut", () => {
    for (let length = 1; length < file.length; length++) {
      const message = refusal(file.slice(0, length));
      expect(message === "").toBe(ends.includes(length));
      if (message !== "") expect(message).toMatch(/^x\.pcapng: the block at byte \d+ .*; copy the file again\.$/);
    }
  });

  it("is refused when it holds more than fits in memory", () => {
    const tiny = fromHex("00000bad 0000000c 0000000c").map((_, i, all) => all[i - (i % 4) + 3 - (i % 4)] ?? 0);
    const blocks = new Uint8Array(12 * 1_000_001);
    for (let at = 0; at < blocks.length; at += 12) blocks.set(tiny, at);
    expect(refusal(concat(header, blocks))).toMatch(/^x\.pcapng holds more than the 1000000 packets that are read; split it/);

    const body = new Uint8Array(8 + 4 * 1001).fill(0xee, 8);
    for (let at = 8; at < body.length; at += 4) body.set([0xee, 0, 0, 0], at);
    body.set([1, 0, 0, 0], 0);
    const length = Uint8Array.from(new Uint8Array(Uint32Array.of(body.length + 12).buffer));
    expect(refusal(concat(header, Uint8Array.of(1, 0, 0, 0), length, body, length))).toMatch(
      /has more than 1000 options; the file is damaged/,
    );
  });

  it("never brings about another error, whatever byte is changed", () => {
    for (let at = 0; at < file.length; at++)
      for (const value of [0x00, 0x01, 0x7f, 0xff]) expect(refusal(file.with(at, value))).toMatch(/^$|^x\.pcapng: /);
  });

  it.each([
    [concat(header, packetBlock(packet)), "belongs to interface 0, which is not described"],
    [concat(header, link.with(8, 113)), "has link type 113, and only Ethernet (1) and raw IP (101) are read"],
    [header.with(8, 0), "begins no section of a pcapng file"],
    [concat(header, link.with(4, 30)), "claims 30 bytes"],
    [concat(header, link.with(link.length - 4, 0)), "ends otherwise than it begins"],
    [concat(header, link, packetBlock(packet).with(20, 200)), "is too short for what it holds"],
    [concat(header, link, packetBlock(packet).with(0, 3)), "is of an outdated kind (3); convert the file with: editcap -F pcap OLD NEW"],
  ])("is refused with what is wrong (%#)", (damaged, words) => {
    expect(refusal(damaged)).toContain(words);
  });
});
