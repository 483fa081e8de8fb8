import { describe, expect, it } from "vitest";
import { readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { splitMessages } from "#checks/harness/capture/four-over-six.ts";
import { type TcpConnection, tcpConnections } from "#checks/harness/capture/tcp-streams.ts";
import { hasReference } from "#launch/implementation.mjs";
import { serverThat } from "./client-scripted-server.ts";
import { type LogLine, startKitProgram } from "./kit-process.ts";
import { connectPeer } from "./server-connect.ts";
import { pingFields } from "./server-packets.ts";
import { portOf, startServer } from "./server-process.ts";

/** The one connection of a capture: a public C++ client with a server of its own. fixtures/captures/README.md tells who they are. */
async function capturedSession(name: "4over6-session-a.tcp6" | "4over6-session-b.tcp6"): Promise<TcpConnection["directions"]> {
  const [connection, ...more] = tcpConnections(await readFixture(name));
  expect(more).toEqual([]);
  return connection?.directions ?? expect.fail("There is no connection.");
}

const echoRequest = 8;
const icmp = 1;

/**
 * The server's internet is in memory: it answers every ping, also to the address where nobody was at the time of the capture, and knows no
 * web server. Heartbeats come by the clock, not in answer; the checks of lab 4 replay those.
 */
describe.skipIf(!hasReference)("the bytes of a public client, sent to our server", () => {
  it.each([
    ["4over6-session-a.tcp6", "in its own segments", 17],
    ["4over6-session-a.tcp6", "byte by byte", 17],
    ["4over6-session-b.tcp6", "in its own segments", 15],
    ["4over6-session-b.tcp6", "all at once", 15],
  ] as const)("%s %s: the same answers in the same order", async (name, chunks, packetCount) => {
    const { fromClient, fromServer } = await capturedSession(name);
    const pings = splitMessages(fromClient)
      .map(({ data }) => Buffer.from(data))
      .filter((packet) => packet.length > 20 && packet[9] === icmp && packet[20] === echoRequest);
    expect(pings.length).toBeGreaterThan(4);

    const server = startServer(["--listen", "[::1]:0", "--link", "memory", "--dns", "198.51.100.2,8.8.8.8,202.106.0.20"]);
    const peer = await connectPeer(await portOf(server));
    for (const piece of inPieces(fromClient, chunks)) peer.send(piece);

    const [captured] = splitMessages(fromServer);
    const grant = await peer.next();
    expect(grant.type).toBe(captured?.type);
    expect(wordsOf(grant.data)[0]).toBe(wordsOf(captured?.data)[0]);
    expect(wordsOf(grant.data)).toEqual(["13.8.0.2", "0.0.0.0", "198.51.100.2", "8.8.8.8", "202.106.0.20"]);
    for (const ping of pings) {
      const { type, data } = await peer.next();
      expect(type).toBe(103);
      const asked = pingFields(ping);
      expect(pingFields(data)).toEqual({ ...asked, from: asked.to, to: asked.from, type: 0, intact: true });
    }

    peer.socket.end();
    const closed = await server.next("closed");
    // Everything was understood, and nothing dropped: the packets are those of the captured 102 messages.
    expect(closed).toMatchObject({ address: "13.8.0.2", reason: "disconnected", fromClient: { packets: packetCount } });
    expect(closed).not.toHaveProperty("losses");
    expect((await server.end("SIGTERM")).code).toBe(0);
  });
});

describe.skipIf(!hasReference)("the bytes of a public server, sent to our client", () => {
  it.each(["4over6-session-a.tcp6", "4over6-session-b.tcp6"] as const)("%s: all of them are understood", async (name) => {
    const { fromServer } = await capturedSession(name);
    const port = await serverThat((socket) => {
      for (const { bytes } of fromServer.segments) socket.write(bytes);
      socket.end();
    });
    const words = ["--server", `[::1]:${port}`, "--link", "memory", "--log-level", "trace"];
    const { stdout, stderr } = await startKitProgram("client", words).ended;
    const received = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as LogLine)
      .filter(({ msg }) => msg === "received");
    const messages = splitMessages(fromServer);
    expect(messages.length).toBeGreaterThan(15);
    expect(received.map(({ type }) => type)).toEqual(messages.map(({ type }) => type));
    // Every packet was whole, and its checksums were right.
    expect(received.filter(({ type, packet }) => type === 103 && packet === undefined)).toEqual([]);
    expect(stderr).toContain("closed the connection; connect again when it runs.");
  });
});

function inPieces({ bytes, segments }: TcpConnection["directions"]["fromClient"], chunks: string): readonly Uint8Array[] {
  if (chunks === "all at once") return [bytes];
  if (chunks === "byte by byte") return Array.from(bytes, (byte) => Uint8Array.of(byte));
  return segments.map((segment) => segment.bytes);
}

function wordsOf(data: Uint8Array | undefined): readonly string[] {
  return Buffer.from(data ?? [])
    .toString("latin1")
    .split(" ");
}
