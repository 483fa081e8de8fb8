import { describe, expect, it } from "vitest";
import { readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { type CapturedMessage, splitMessages } from "#checks/harness/capture/four-over-six.ts";
import { ipLayer } from "#checks/harness/capture/ip-layers.ts";
import { checksumCounts, count, ipLayersOf, kindOf } from "#checks/harness/capture/packet-counts.ts";
import { tcpConnections } from "#checks/harness/capture/tcp-streams.ts";

const text = (bytes: Uint8Array = new Uint8Array()) => new TextDecoder("latin1").decode(bytes);
const dataOf = (messages: readonly CapturedMessage[] = [], type: number) =>
  messages.filter((message) => message.type === type).map(({ data }) => data);

/** The captured connection with each direction split into messages, and with how its segments lie to the messages. */
async function tunnelOf(name: "4over6-session-a.tcp6" | "4over6-session-b.tcp6") {
  const connections = tcpConnections(await readFixture(name));
  return connections.map(({ client, server, directions }) => {
    const direction = (from: keyof typeof directions) => {
      const { bytes, segments } = directions[from];
      const messages = splitMessages(directions[from]);
      return { length: bytes.length, messages, segments };
    };
    return { client, server, fromClient: direction("fromClient"), fromServer: direction("fromServer") };
  });
}

type Direction = Awaited<ReturnType<typeof tunnelOf>>[number]["fromClient"];

function summaryOf({ length, messages, segments }: Direction) {
  const ends = messages.map((_, index) => messages.slice(0, index + 1).reduce((sum, message) => sum + message.length, 0));
  const cuts = segments.map((_, index) => segments.slice(0, index + 1).reduce((sum, { bytes }) => sum + bytes.length, 0));
  const inner = messages.filter(({ type }) => type === 102 || type === 103).map(({ data }) => ipLayer(data));
  return {
    bytes: length,
    types: count(messages.map(({ type }) => type)),
    longest: Math.max(...messages.map((message) => message.length)),
    grants: messages.filter(({ type }) => type === 101).map(({ data }) => text(data)),
    heartbeats: messages.filter(({ type }) => type === 104).map(({ atMicroseconds }) => atMicroseconds),
    inner: count(inner.map(kindOf)),
    innerChecksums: checksumCounts(inner),
    segments: segments.length,
    endingInMidMessage: cuts.filter((cut) => !ends.includes(cut)).length,
    completingSeveral: cuts.filter((cut, index) => ends.filter((end) => end > (cuts[index - 1] ?? 0) && end <= cut).length > 1).length,
  };
}

describe("the tunnel connection", () => {
  it("of session A holds these messages", async () => {
    const [tunnel, ...others] = await tunnelOf("4over6-session-a.tcp6");
    expect(others).toStrictEqual([]);
    expect(tunnel).toMatchObject({ client: "[fd64:4:6::2]:42382", server: "[fd64:4:6::1]:5678" });
    expect(tunnel && summaryOf(tunnel.fromClient)).toStrictEqual({
      bytes: 2585,
      types: { 100: 1, 102: 17, 104: 3 },
      longest: 1433,
      grants: [],
      heartbeats: [1_000_843, 21_001_677, 41_002_952],
      inner: { "ICMP 8": 5, TCP: 12 },
      innerChecksums: { "IPv4 header right": 17, "ICMP right": 5, "TCP right": 12 },
      segments: 16,
      endingInMidMessage: 0,
      completingSeveral: 2,
    });
    expect(tunnel && summaryOf(tunnel.fromServer)).toStrictEqual({
      bytes: 10_705,
      types: { 101: 1, 103: 16, 104: 2 },
      longest: 1500,
      grants: ["13.8.0.2 0.0.0.0 198.51.100.2 8.8.8.8 202.106.0.20"],
      heartbeats: [19_497_010, 39_516_746],
      inner: { "ICMP 0": 4, "ICMP 3": 1, TCP: 11 },
      innerChecksums: { "IPv4 header right": 16, "ICMP right": 5, "TCP right": 11 },
      segments: 22,
      endingInMidMessage: 5,
      completingSeveral: 0,
    });
  });

  it("of session B holds these messages", async () => {
    const [tunnel, ...others] = await tunnelOf("4over6-session-b.tcp6");
    expect(others).toStrictEqual([]);
    expect(tunnel).toMatchObject({ client: "[fd64:4:6::2]:34956", server: "[fd64:4:6::1]:8192" });
    expect(tunnel && summaryOf(tunnel.fromClient)).toStrictEqual({
      bytes: 2466,
      types: { 100: 1, 102: 15, 104: 2 },
      longest: 1433,
      grants: [],
      heartbeats: [1_000_224, 21_000_705],
      inner: { "ICMP 8": 5, TCP: 10 },
      innerChecksums: { "IPv4 header right": 15, "ICMP right": 5, "TCP right": 10 },
      segments: 13,
      endingInMidMessage: 0,
      completingSeveral: 1,
    });
    expect(tunnel && summaryOf(tunnel.fromServer)).toStrictEqual({
      bytes: 10_643,
      types: { 101: 1, 103: 15, 104: 1 },
      longest: 1500,
      grants: ["13.8.0.2 0.0.0.0 166.111.8.28 166.111.8.29 8.8.8.8"],
      heartbeats: [20_725_349],
      inner: { "ICMP 0": 4, "ICMP 3": 1, TCP: 10 },
      innerChecksums: { "IPv4 header right": 15, "ICMP right": 5, "TCP right": 10 },
      segments: 28,
      endingInMidMessage: 14,
      completingSeveral: 1,
    });
  });

  it("of session A holds exactly the IPv4 packets that were seen on the TUN device", async () => {
    const [tunnel] = await tunnelOf("4over6-session-a.tcp6");
    const seen = ipLayersOf(await readFixture("4over6-session-a.tun")).filter((packet) => packet?.version === 4);
    const bytesOf = (direction: "source" | "destination") =>
      seen.filter((packet) => packet?.[direction] === "13.8.0.2").map((packet) => packet?.bytes);
    expect(seen).toHaveLength(33);
    expect(dataOf(tunnel?.fromClient.messages, 102)).toStrictEqual(bytesOf("source"));
    expect(dataOf(tunnel?.fromServer.messages, 103)).toStrictEqual(bytesOf("destination"));
  });

  it("of session A carries an HTTP download of 8000 bytes", async () => {
    const [http, ...others] = tcpConnections(await readFixture("4over6-session-a.tun"));
    expect(others).toStrictEqual([]);
    expect(http).toMatchObject({ client: "13.8.0.2:37122", server: "198.51.100.2:80" });
    expect(text(http?.directions.fromClient.bytes)).toMatch(/^GET \/page\.txt HTTP\/1\.1\r\n/);
    const answer = text(http?.directions.fromServer.bytes);
    expect(answer).toMatch(/^HTTP\/1\.0 200 OK\r\n[^]*\r\nContent-Length: 8000\r\n/);
    expect(answer.slice(answer.indexOf("\r\n\r\n") + 4)).toHaveLength(8000);
  });
});
