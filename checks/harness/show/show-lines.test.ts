import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { captureFile, captureNames } from "../capture/fixture-captures.ts";
import { columnsOf } from "../report/columns.ts";
import { describeRecording } from "./describe-recording.ts";
import { type RecordedPacket, type Recording, readRecording } from "./read-recording.ts";
import { type ShowChoice, showLines } from "./show-lines.ts";

const all: ShowChoice = { only: [], limit: 1000, hex: false };

function show(recording: Recording, choice: Partial<ShowChoice> = {}, width = 80): readonly string[] {
  return showLines("x.pcap", recording, describeRecording(recording), { ...all, ...choice }, { paint: new Chalk({ level: 0 }), width });
}

const kernel = await readRecording(captureFile("arp-linux-kernel"));

function packet(more: Partial<RecordedPacket>): RecordedPacket {
  const bytes = fromHex("02000000000b02000000000a 88cc 0102");
  return { link: "ethernet", atMicroseconds: 0, bytes, originalLength: bytes.length, comment: "", ...more };
}

describe("a recording that is shown", () => {
  it("has one line a packet: number, seconds, words", () => {
    expect(show(kernel).slice(0, 5)).toEqual([
      "x.pcap: 24 packets in 3.704 s",
      "",
      " 1 0.000  ARP who-has 192.0.2.2 tell 192.0.2.1",
      " 2 0.000  ARP 192.0.2.2 is-at 02:00:00:00:00:0b",
      " 3 0.000  IPv4 192.0.2.1 > 192.0.2.2  ICMP echo request 1  84 bytes",
    ]);
    expect(show(kernel).length).toBe(2 + 24);
  });

  it("names its tunnels first", async () => {
    const lines = show(await readRecording(captureFile("4over6-session-a.tcp6")));
    expect(lines[1]).toBe("A is the tunnel [fd64:4:6::2]:42382 > [fd64:4:6::1]:5678");
    expect(lines[6]).toBe(" 4  0.000  A> 100 ip-request");
  });

  it("can be of the packets of one kind or address only, by their numbers", () => {
    const lines = show(kernel, { only: ["arp", "192.0.2.255"] });
    expect(lines[0]).toBe("x.pcap: 24 packets in 3.704 s, 8 of them arp or 192.0.2.255");
    expect(lines.slice(2).map((line) => Number(line.slice(0, 2)))).toEqual([1, 2, 15, 16, 17, 18, 19, 22]);
  });

  it("can be very long", () => {
    const many = { comment: "", packets: Array.from({ length: 150_000 }, () => packet({})) };
    expect(show(many, { limit: 150_000 }).at(-1)).toMatch(/^150000 0\.000 {2}Ethernet /);
  });

  it("can be the first packets only, and says how many are left", () => {
    const lines = show(kernel, { limit: 2, only: ["arp"] });
    expect(lines.slice(2)).toEqual([
      " 1 0.000  ARP who-has 192.0.2.2 tell 192.0.2.1",
      " 2 0.000  ARP 192.0.2.2 is-at 02:00:00:00:00:0b",
      "and 5 more; --limit 7 shows them",
    ]);
  });

  it("can have the bytes", () => {
    expect(show(kernel, { limit: 1, hex: true }).slice(3, 5)).toEqual([
      "  0000  ff ff ff ff ff ff 02 00  00 00 00 0a 08 06 00 01   ................",
      "  0010  08 00 06 04 00 01 02 00  00 00 00 0a c0 00 02 01   ................",
    ]);
  });

  it("tells what the file says of itself and of its packets, and what was cut", () => {
    const recording = {
      comment: "lab-5.x: It works",
      packets: [packet({ comment: "recv, t=0.000 s\n\u001b[31mred" }), packet({ originalLength: 99 })],
    };
    expect(show(recording).slice(1)).toEqual([
      "lab-5.x: It works",
      "",
      "1 0.000  Ethernet 02:00:00:00:00:0a > 02:00:00:00:00:0b  type 0x88cc  2 bytes",
      "         | recv, t=0.000 s",
      "         | red",
      "2 0.000  Ethernet 02:00:00:00:00:0a > 02:00:00:00:00:0b  type 0x88cc  2 bytes",
      "         cut to 16 of 99 bytes",
    ]);
  });

  it("may be empty", () => {
    expect(show({ comment: "", packets: [] })).toEqual(["x.pcap: 0 packets in 0.000 s", ""]);
  });

  it.each([40, 80, 100])("is never wider than the terminal: %d columns", async (width) => {
    for (const name of captureNames) {
      const lines = show(await readRecording(captureFile(name)), { hex: true }, width);
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
    }
    const hostile = show({ comment: "word ".repeat(90), packets: [packet({ comment: "加油".repeat(90) })] }, {}, width);
    expect(hostile.filter((line) => columnsOf(line) > width)).toEqual([]);
  });
});
