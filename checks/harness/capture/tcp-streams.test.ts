import { describe, expect, it } from "vitest";
import { concat, fromHex } from "#kit/bytes.ts";
import { CaptureError } from "./capture-error.ts";
import { type MadeUpSegment, rawIpCapture, tcpPacket } from "./made-up-capture.ts";
import { tcpConnections } from "./tcp-streams.ts";

const text = (words: string) => new TextEncoder().encode(words);
const words = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const isn = 1000;
const syn: MadeUpSegment = { sequenceNumber: isn, flags: "S" };
const synAck: MadeUpSegment = { from: "server", sequenceNumber: 7000, acknowledgementNumber: isn + 1, flags: "S" };
/** What the client sends: `data` stands at this offset of its stream. */
const sent = (offset: number, data: string, flags = ""): MadeUpSegment => ({
  sequenceNumber: isn + 1 + offset,
  payload: text(data),
  flags,
});
const answered = (offset: number, data: string): MadeUpSegment => ({ ...sent(0, data), from: "server", sequenceNumber: 7001 + offset });
/** The server acknowledges so many bytes of the client. */
const acknowledged = (length: number): MadeUpSegment => ({
  from: "server",
  sequenceNumber: 7001,
  acknowledgementNumber: isn + 1 + length,
});

const connectionsOf = (...segments: readonly MadeUpSegment[]) => tcpConnections(rawIpCapture(segments.map(tcpPacket)));
/** What the client sent, and in which pieces: `at` is the index of the packet. */
const clientStream = (...segments: readonly MadeUpSegment[]) => {
  const [connection] = connectionsOf(...segments);
  const stream = connection?.directions.fromClient;
  return {
    bytes: words(stream?.bytes ?? text("no connection")),
    pieces: stream?.segments.map(({ atMicroseconds, bytes }) => [atMicroseconds / 1000, words(bytes)]),
  };
};

describe("TCP connections", () => {
  it("are told apart by direction", () => {
    expect(connectionsOf(syn, synAck, sent(0, "hello"), answered(0, "good"), answered(4, "bye"))).toStrictEqual([
      {
        client: "10.0.0.1:1025",
        server: "10.0.0.2:80",
        directions: {
          fromClient: { bytes: text("hello"), segments: [{ atMicroseconds: 2000, bytes: text("hello") }] },
          fromServer: {
            bytes: text("goodbye"),
            segments: [
              { atMicroseconds: 3000, bytes: text("good") },
              { atMicroseconds: 4000, bytes: text("bye") },
            ],
          },
        },
      },
    ]);
  });

  it("may use the same ports one after the other", () => {
    const next: MadeUpSegment = { ...syn, sequenceNumber: 900_000 };
    const data: MadeUpSegment = { sequenceNumber: 900_001, payload: text("two") };
    const connections = connectionsOf(syn, syn, sent(0, "one", "F"), next, data);
    expect(connections.map(({ directions }) => words(directions.fromClient.bytes))).toStrictEqual(["one", "two"]);
  });

  it("are not looked for in other packets", () => {
    const udp = fromHex("45000014 00000000 40110000 0d080002 c6336402");
    const ipv6 = fromHex("60000000 0000 3a 40 fd640004000600000000000000000002 fd640004000600000000000000000001");
    expect(tcpConnections(rawIpCapture([udp, ipv6]))).toStrictEqual([]);
  });

  it("may be refused by the server", () => {
    const reset: MadeUpSegment = { from: "server", sequenceNumber: 0, acknowledgementNumber: isn + 1, flags: "R" };
    expect(clientStream(syn, reset)).toStrictEqual({ bytes: "", pieces: [] });
  });
});

describe("a TCP stream", () => {
  it("shares no bytes with its capture", () => {
    const capture = rawIpCapture([syn, sent(0, "ab")].map(tcpPacket));
    const [connection] = tcpConnections(capture);
    for (const { bytes } of capture.packets) bytes.fill(0xa5);
    expect(connection?.directions.fromClient).toStrictEqual({ bytes: text("ab"), segments: [{ atMicroseconds: 1000, bytes: text("ab") }] });
  });

  it("counts the SYN and the FIN, but no byte for them", () => {
    expect(clientStream(syn, sent(0, "ab"), sent(2, "c", "F"), acknowledged(4))).toStrictEqual({
      bytes: "abc",
      pieces: [
        [1, "ab"],
        [2, "c"],
      ],
    });
  });

  it("may begin with data on the SYN", () => {
    expect(clientStream({ ...syn, payload: text("ab") }, sent(2, "c"))).toMatchObject({ bytes: "abc" });
  });

  it("holds what was sent twice once", () => {
    expect(clientStream(syn, syn, sent(0, "ab"), sent(0, "ab"), sent(2, "c"))).toStrictEqual({
      bytes: "abc",
      pieces: [
        [2, "ab"],
        [4, "c"],
      ],
    });
  });

  it("holds of an overlap what is new", () => {
    expect(clientStream(syn, sent(0, "abc"), sent(1, "bcde"))).toMatchObject({
      pieces: [
        [1, "abc"],
        [2, "de"],
      ],
    });
  });

  it("lets what came early wait for what it follows", () => {
    expect(clientStream(syn, sent(4, "e"), sent(2, "cd"), sent(0, "ab"), sent(5, "f"))).toStrictEqual({
      bytes: "abcdef",
      pieces: [
        [3, "ab"],
        [3, "cd"],
        [3, "e"],
        [4, "f"],
      ],
    });
  });

  it("does not mind a keep-alive probe or a reset with words", () => {
    const probe = { ...sent(1, ""), payload: text("b") };
    expect(clientStream(syn, sent(0, "ab"), probe, { ...sent(900, "go away"), flags: "R" })).toMatchObject({ bytes: "ab" });
    expect(clientStream(syn, sent(-1, "?"), sent(0, "ab"))).toMatchObject({ bytes: "ab" });
  });

  it.each([2 ** 32 - 1, 2 ** 32 - 2, 2 ** 32 - 3, 2 ** 31 - 2, 2 ** 31])("goes on where sequence numbers wrap, from %d", (first) => {
    const at = (offset: number, data: string): MadeUpSegment => ({ sequenceNumber: first + 1 + offset, payload: text(data) });
    const all: MadeUpSegment = { ...acknowledged(0), acknowledgementNumber: first + 1 + 6 };
    expect(clientStream({ ...syn, sequenceNumber: first }, at(2, "cd"), at(0, "ab"), at(3, "def"), all)).toMatchObject({ bytes: "abcdef" });
  });
});

describe("a TCP stream that is not whole is refused", () => {
  it.each([
    [
      "10.0.0.1:1025 > 10.0.0.2:80: bytes are missing from 2 on (at least 3 were sent); record it again.",
      [syn, sent(0, "ab"), sent(3, "d")],
    ],
    [
      "10.0.0.1:1025 > 10.0.0.2:80: bytes are missing from 2 on (at least 9 were sent); record it again.",
      [syn, sent(0, "ab"), sent(9, "", "F")],
    ],
    [
      "10.0.0.1:1025 > 10.0.0.2:80: bytes are missing from 2 on (at least 3 were sent); record it again.",
      [syn, sent(0, "ab"), acknowledged(3)],
    ],
    [
      "10.0.0.2:80 > 10.0.0.1:1025: bytes are missing from 0 on (at least 1 were sent); record it again.",
      [syn, synAck, { ...sent(0, ""), acknowledgementNumber: 7002 }],
    ],
    [
      "10.0.0.1:1025 > 10.0.0.2:80: bytes from 1 on were sent twice and differ; the capture cannot be trusted, record it again.",
      [syn, sent(0, "abc"), sent(1, "bX")],
    ],
    [
      "10.0.0.1:1025 > 10.0.0.2:80: bytes from 2 on were sent twice and differ; the capture cannot be trusted, record it again.",
      [syn, sent(2, "Xd"), sent(0, "abcd")],
    ],
    ["10.0.0.1:1025 > 10.0.0.2:80: there is data behind its FIN at 2; record it again.", [syn, sent(0, "ab", "F"), sent(2, "c")]],
    ["The connection of 10.0.0.1:1025 and 10.0.0.2:80 has no SYN; start recording before it is made.", [sent(0, "ab")]],
    ["10.0.0.2:80 > 10.0.0.1:1025: there is data but no SYN; start recording before the connection is made.", [syn, answered(0, "ab")]],
    ["A TCP segment is fragmented; record with a smaller MTU.", [syn, { ...sent(0, "ab"), moreFragments: true }]],
  ] as [string, MadeUpSegment[]][])("%s", (sentence, segments) => {
    expect(() => connectionsOf(...segments)).toThrow(new CaptureError(sentence));
  });
});

/** Mulberry32: the same numbers from the same seed, 0 <= number < 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Piece = { readonly start: number; readonly end: number };

/** A stream, and the segments that carry it: cut anywhere, some sent twice, some reaching back over others, in any order. */
function madeUpTraffic(seed: number) {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const bytes = Uint8Array.from({ length: 1 + below(600) }, () => below(256));
  // Every second stream wraps around.
  const initial = seed % 2 === 0 ? 2 ** 32 - 1 - below(bytes.length) : below(2 ** 32);
  const pieces: Piece[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = Math.min(bytes.length, start + 1 + below(90));
    const overlap = below(3) === 0 ? below(120) : 0;
    const piece = { start: Math.max(0, start - overlap), end };
    pieces.push(...Array.from({ length: 1 + below(2) }, () => piece));
    start = end;
  }
  const ranked = pieces.map((piece) => ({ piece, rank: random() })).toSorted((a, b) => a.rank - b.rank);
  const packetOf = ({ start, end }: Piece) =>
    tcpPacket({ sequenceNumber: initial + 1 + start, payload: bytes.subarray(start, end), flags: end === bytes.length ? "F" : "" });
  const opening = tcpPacket({ sequenceNumber: initial, flags: "S" });
  const all = tcpPacket({ from: "server", sequenceNumber: 0, acknowledgementNumber: initial + bytes.length + 2 });
  return { bytes, arrivals: ranked.map(({ piece }) => piece), packetOf, opening, all, below };
}

describe("shuffled, repeated and overlapping segments", () => {
  const seeds = Array.from({ length: 150 }, (_, seed) => seed);

  it("make the stream that was sent, as early as can be", () => {
    for (const seed of seeds) {
      const { bytes, arrivals, packetOf, opening, all, below } = madeUpTraffic(seed);
      const packets = [...arrivals.map(packetOf), all];
      const where = below(packets.length);
      packets.splice(where, 0, opening);
      const streams = tcpConnections(rawIpCapture(packets)).map(({ directions }) => directions.fromClient);

      expect(
        streams.map((stream) => stream.bytes),
        `seed ${seed}`,
      ).toStrictEqual([bytes]);
      const segments = streams.flatMap((stream) => stream.segments);
      expect(concat(...segments.map((segment) => segment.bytes)), `seed ${seed}`).toStrictEqual(bytes);
      const times = segments.flatMap((segment) => Array.from(segment.bytes, () => segment.atMicroseconds));
      let latest = 0;
      const expected = Array.from(bytes, (_, offset) => {
        const first = arrivals.findIndex(({ start, end }) => start <= offset && offset < end);
        latest = Math.max(latest, first < where ? first : first + 1);
        return latest * 1000;
      });
      expect(times, `seed ${seed}`).toStrictEqual(expected);
    }
  });

  it("are refused when one byte never came", () => {
    for (const seed of seeds) {
      const { bytes, arrivals, packetOf, opening, all, below } = madeUpTraffic(seed);
      const missing = below(bytes.length);
      const rest = arrivals.filter(({ start, end }) => missing < start || end <= missing);
      const packets = [opening, ...rest.map(packetOf), all];
      expect(() => tcpConnections(rawIpCapture(packets)), `seed ${seed}`).toThrow(/: bytes are missing from \d+ on/);
    }
  });
});
