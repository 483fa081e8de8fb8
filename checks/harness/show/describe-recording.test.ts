import { describe, expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { type CaptureName, captureFile } from "../capture/fixture-captures.ts";
import { tcpPacket } from "../capture/made-up-capture.ts";
import { createTunnelFrames } from "../pcapng/tunnel-frames.ts";
import { type DescribedPacket, describeRecording } from "./describe-recording.ts";
import { type RecordedPacket, readRecording } from "./read-recording.ts";

const fixture = async (name: CaptureName) => describeRecording(await readRecording(captureFile(name)));

function recorded(bytes: Uint8Array, link: RecordedPacket["link"] = "ethernet"): RecordedPacket {
  return { link, atMicroseconds: 0, bytes, originalLength: bytes.length, comment: "" };
}

/** What a client and its server say to each other, a segment a line. */
function conversation(...said: readonly (readonly [from: "client" | "server", hex: string])[]) {
  const frames = createTunnelFrames();
  const packets = said.flatMap(([from, hex]) =>
    frames({ direction: from === "client" ? "to-lab" : "from-lab", bytes: fromHex(hex) }).map((bytes) => recorded(bytes)),
  );
  return describeRecording({ comment: "", packets });
}

const lines = ({ packets }: { readonly packets: readonly DescribedPacket[] }) => packets.flatMap((packet) => packet.lines);
const countOf = (words: readonly string[], pattern: RegExp) => words.filter((line) => pattern.test(line)).length;

/** A 101 with this text. */
const grant = (text: string) => Buffer.concat([Uint8Array.of(5 + text.length, 0, 0, 0, 101), Buffer.from(text)]).toString("hex");

/** A connection to a web server's port whose client says this first. */
const opening = (payload: Uint8Array) => [
  recorded(tcpPacket({ sequenceNumber: 9, flags: "S" }), "raw-ip"),
  recorded(tcpPacket({ sequenceNumber: 10, acknowledgementNumber: 1, payload }), "raw-ip"),
];

describe("a recorded session in words", () => {
  it.each([
    ["4over6-session-a.tcp6", 62, { "A> 100": 1, "A< 101": 1, "A> 102": 17, "A< 103": 16, "A> 104": 3, "A< 104": 2 }],
    ["4over6-session-b.tcp6", 72, { "A> 100": 1, "A< 101": 1, "A> 102": 15, "A< 103": 15, "A> 104": 2, "A< 104": 1 }],
  ] as const)("%s has all its packets and messages, whatever the port is", async (name, packets, messages) => {
    const described = await fixture(name);
    expect(described.tunnels.length).toBe(1);
    expect(described.packets.length).toBe(packets);
    const words = lines(described);
    const counts = Object.fromEntries(Object.keys(messages).map((begin) => [begin, countOf(words, new RegExp(`^${begin} `))]));
    expect(counts).toEqual(messages);
    expect(countOf(words, /error|out of order/)).toBe(0);
  });

  it("shows a message at the segment that completes it, and what is begun", async () => {
    const { packets } = await fixture("4over6-session-a.tcp6");
    expect(packets[27]?.lines).toEqual([
      "A< 103 internet-response  198.51.100.2 > 13.8.0.2  TCP 188 bytes",
      "A< and the first 1183 bytes of the next message",
    ]);
    expect(packets[30]?.lines).toEqual(["A< TCP 1428 bytes; 1428 bytes of a message so far"]);
    expect(packets[42]?.lines.length).toBe(5);
  });

  it("tells the grant", async () => {
    const { packets } = await fixture("4over6-session-a.tcp6");
    expect(packets[5]?.lines).toEqual(["A< 101 ip-response  13.8.0.2 dns 198.51.100.2 8.8.8.8 202.106.0.20"]);
  });

  it("can be asked for by messages and by what is in them", async () => {
    const { packets } = await fixture("4over6-session-a.tcp6");
    const withTag = (tag: string) => packets.filter(({ tags }) => tags.has(tag)).length;
    expect(withTag("tcp")).toBe(62);
    expect(withTag("heartbeat")).toBe(5);
    expect(withTag("198.51.100.77")).toBe(1);
    expect(withTag("icmp")).toBe(10);
    expect(withTag("fd64:4:6::2")).toBe(62);
  });
});

describe("a conversation in words", () => {
  it("names each tunnel, and who is its client", () => {
    const frames = createTunnelFrames();
    const request = fromHex("0500000064");
    const packets = ["a", "b"].flatMap((peer) => frames({ direction: "to-lab", bytes: request, peer })).map((bytes) => recorded(bytes));
    const described = describeRecording({ comment: "", packets });
    expect(described.tunnels).toEqual([
      { name: "A", client: "[fd64:4:6::2]:40000", server: "[fd64:4:6::1]:5678" },
      { name: "B", client: "[fd64:4:6::3]:40001", server: "[fd64:4:6::1]:5678" },
    ]);
    expect(lines(described)).toEqual(["A> 100 ip-request", "B> 100 ip-request"]);
  });

  it("tells what is unusual in a message", () => {
    expect(
      lines(
        conversation(
          ["client", "0000000064"],
          ["server", grant("13.8.0.2 10.0.0.0 1.1.1.1 1.1.1.1 1.1.1.1 \0")],
          ["server", grant("13.8.0.2 mask")],
          ["client", "0700000066 ffff"],
          ["client", "08000000 68 000000"],
          ["client", "06000000c8 00"],
        ),
      ),
    ).toEqual([
      "A> 100 ip-request",
      "A< 101 ip-response  13.8.0.2 route 10.0.0.0 dns 1.1.1.1 1.1.1.1 1.1.1.1",
      'A< 101 ip-response  "13.8.0.2 mask"',
      "A> 102 internet-request  2 bytes that are no IPv4 packet",
      "A> 104 heartbeat  with 3 bytes of data",
      "A> 200 unknown type  with 1 byte of data",
    ]);
  });

  it("reads nothing behind a framing error, in that direction", () => {
    expect(lines(conversation(["client", "0000000564"], ["server", "0500000068"], ["client", "0500000064"]))).toEqual([
      "A> framing error: a message of type 100 cannot be 83886080 bytes long",
      "A< 104 heartbeat",
      "A> TCP 5 bytes, behind a framing error",
    ]);
  });

  it("notices what is sent again", () => {
    const [frame = new Uint8Array()] = createTunnelFrames()({ direction: "to-lab", bytes: fromHex("0500000064") });
    expect(lines(describeRecording({ comment: "", packets: [recorded(frame), recorded(frame)] }))).toEqual([
      "A> 100 ip-request",
      "A> TCP 5 bytes, out of order or sent again",
    ]);
  });

  it("is a tunnel on any port when it begins like one, and no tunnel otherwise", () => {
    const tunnel = describeRecording({ comment: "", packets: opening(fromHex("0500000064")) });
    expect(lines(tunnel)).toEqual(["A> TCP SYN", "A> 100 ip-request"]);
    const web = describeRecording({ comment: "", packets: opening(new TextEncoder().encode("GET / HTTP/1.0")) });
    expect(web.tunnels).toEqual([]);
    expect(lines(web)[1]).toBe("IPv4 10.0.0.1 > 10.0.0.2  TCP 1025 > 80 with 14 bytes  54 bytes");
  });
});
