import { describe, expect, it } from "vitest";
import { seededRandom } from "#devices/seeded-random.ts";
import { fromHex } from "#kit/bytes.ts";
import { readFixture } from "../capture/fixture-captures.ts";
import { viewInner, viewPacket } from "./packet-words.ts";

const { packets: frames } = await readFixture("arp-linux-kernel");
const { packets: tun } = await readFixture("4over6-session-a.tun");
const frame = (number: number) => viewPacket("ethernet", frames[number - 1]?.bytes ?? new Uint8Array());
const inner = (number: number) => viewInner(tun[number - 1]?.bytes ?? new Uint8Array()).words;
const packet = (number: number) => viewPacket("raw-ip", tun[number - 1]?.bytes ?? new Uint8Array());

describe("a packet in words", () => {
  it.each([
    [1, "ARP who-has 192.0.2.2 tell 192.0.2.1"],
    [2, "ARP 192.0.2.2 is-at 02:00:00:00:00:0b"],
    [3, "IPv4 192.0.2.1 > 192.0.2.2  ICMP echo request 1  84 bytes"],
    [4, "IPv4 192.0.2.2 > 192.0.2.1  ICMP echo reply 1  84 bytes"],
    [8, "IPv4 192.0.2.1 > 192.0.2.2  fragment at 1480  1500 bytes"],
    [22, "IPv4 192.0.2.1 > 192.0.2.255  UDP 52878 > 9999  33 bytes"],
    [24, "IPv4 192.0.2.2 > 192.0.2.1  ICMP port unreachable  84 bytes"],
  ])("frame %d of two Linux hosts is %j", (number, words) => {
    expect(frame(number).words).toBe(words);
  });

  it.each([
    [9, "IPv4 13.8.0.2 > 198.51.100.2  TCP 37122 > 80 SYN  60 bytes"],
    [10, "IPv4 198.51.100.2 > 13.8.0.2  TCP 80 > 37122 SYN ACK  60 bytes"],
    [11, "IPv4 13.8.0.2 > 198.51.100.2  TCP 37122 > 80 ACK  52 bytes"],
    [12, "IPv4 13.8.0.2 > 198.51.100.2  TCP 37122 > 80 with 84 bytes  136 bytes"],
    [33, "IPv6 fe80::5a94:6f7b:46c7:3534 > ff02::2  ICMPv6 router solicitation  48 bytes"],
    [34, "IPv4 198.51.100.1 > 13.8.0.2  ICMP host unreachable  112 bytes"],
  ])("packet %d of the TUN is %j", (number, words) => {
    expect(packet(number).words).toBe(words);
  });

  it("can be asked for by its protocols and addresses", () => {
    expect(frame(2).tags).toEqual(
      expect.arrayContaining(["ethernet", "arp", "192.0.2.1", "192.0.2.2", "02:00:00:00:00:0a", "02:00:00:00:00:0b"]),
    );
    expect(frame(3).tags).toEqual(expect.arrayContaining(["ethernet", "ipv4", "icmp", "192.0.2.1", "192.0.2.2", "02:00:00:00:00:0a"]));
    expect(packet(33).tags).toEqual(expect.arrayContaining(["ipv6", "icmpv6", "ff02::2"]));
  });

  it.each([
    ["ethernet", "02000000000b02000000000a 88cc 0102", "Ethernet 02:00:00:00:00:0a > 02:00:00:00:00:0b  type 0x88cc  2 bytes"],
    ["ethernet", "02000000000b02000000000a 0806 0001", "ARP, 2 bytes of 28"],
    ["ethernet", `02000000000b02000000000a 0806 0001080006040009${"00".repeat(20)}`, "ARP operation 9"],
    ["raw-ip", `45000015000000004002000001020304050607082a`, "IPv4 1.2.3.4 > 5.6.7.8  protocol 2  21 bytes"],
  ] as const)("%s %s is %j", (link, hex, words) => {
    expect(viewPacket(link, fromHex(hex)).words).toBe(words);
  });

  it.each([
    ["ethernet", "0200"],
    ["raw-ip", ""],
    ["raw-ip", "90"],
    ["raw-ip", "4500001400000000400600000102030405060708"],
  ] as const)("that is damaged says so: %s %j", (link, hex) => {
    const { words, tags } = viewPacket(link, fromHex(hex));
    expect(words).toMatch(/^\d+ bytes? that cannot be read: .+\.$/);
    expect(tags).toEqual(["damaged"]);
  });

  it("never throws, whatever the bytes are", () => {
    const random = seededRandom(4006);
    const heads = [[0x45], [0x60], [0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0x45], []];
    for (let round = 0; round < 3000; round++) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 80) }, () => Math.floor(random() * 256));
      bytes.set((heads[round % heads.length] ?? []).slice(0, bytes.length));
      for (const link of ["ethernet", "raw-ip"] as const) expect(viewPacket(link, bytes).words).not.toBe("");
      expect(viewInner(bytes).words).not.toBe("");
    }
  });
});

describe("a packet in a message", () => {
  it("is told more briefly", () => {
    expect(inner(1)).toBe("13.8.0.2 > 198.51.100.2  echo request 1");
    expect(inner(12)).toBe("13.8.0.2 > 198.51.100.2  TCP 84 bytes");
    expect(inner(34)).toBe("198.51.100.1 > 13.8.0.2  host unreachable");
  });

  it("that is none says so", () => {
    expect(viewInner(fromHex("0102")).words).toBe("2 bytes that are no IPv4 packet");
  });
});
