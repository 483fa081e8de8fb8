import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createMemoryLink, type MemoryLinkOptions } from "#devices/memory-link.ts";
import { seededRandom } from "#devices/seeded-random.ts";
import { ipv4 } from "#kit/addresses.ts";
import { createMemoryHost } from "#server/memory-host/memory-host.ts";
import type { TcpSegment } from "#server/memory-host/tcp-segment.ts";
import { createTcpStream } from "#server/memory-host/tcp-stream.ts";
import { inWords, summarize } from "#server/packet-summary.ts";
import { checksum, pingFields, pingPacket } from "./server-packets.ts";

const [here, there] = [ipv4("13.8.0.2"), ipv4("198.51.100.2")];

const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Two hosts joined by a link, and all packets that pass. */
function hosts(options: MemoryLinkOptions = {}) {
  const link = createMemoryLink({ autoFlush: true, ...options });
  const packets: Uint8Array[] = [];
  for (const end of [link.near, link.far])
    end.onPackets((batch) => {
      for (const packet of batch) packets.push(packet.slice());
    });
  const random = seededRandom(1);
  return { link, packets, near: createMemoryHost(link.near, here, random), far: createMemoryHost(link.far, there, random) };
}

describe("a host in memory", () => {
  it("answers a ping, and hears the answer to its own", async () => {
    const { near, packets } = hosts();
    await new Promise<void>((resolve) => near.ping(there, 7, resolve));
    expect(packets.map((packet) => pingFields(Buffer.from(packet)))).toMatchObject([
      { from: here, to: there, type: 8, sequence: 7, intact: true },
      { from: there, to: here, type: 0, sequence: 7, intact: true },
    ]);
    expect(packets.map((packet) => inWords(summarize(packet) ?? expect.fail()))).toEqual([
      "echo request 7, 13.8.0.2 > 198.51.100.2, 84 bytes",
      "echo reply 7, 198.51.100.2 > 13.8.0.2, 84 bytes",
    ]);
  });

  it("ignores what is damaged, cut, or for somebody else", () => {
    const link = createMemoryLink();
    createMemoryHost(link.far, there);
    const answers: Uint8Array[] = [];
    link.near.onPackets((batch) => answers.push(...batch.map((packet) => packet.slice())));
    const good = pingPacket({ from: here, to: there });
    const damaged = (offset: number) => {
      const packet = Buffer.from(good);
      packet.writeUInt8(packet.readUInt8(offset) ^ 1, offset);
      return packet;
    };
    const others = [damaged(8), damaged(25), good.subarray(0, 27), pingPacket({ from: here, to: "198.51.100.3" }), Buffer.alloc(0)];
    for (const packet of others) link.near.write(new Uint8Array(packet));
    link.flush();
    link.flush();
    expect(answers).toEqual([]);
    link.near.write(new Uint8Array(good));
    link.flush();
    link.flush();
    expect(answers).toHaveLength(1);
  });

  it("serves a page to another by real HTTP, in segments of the link's size", async () => {
    const { near, far, packets } = hosts({ mtu: 600 });
    const page = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) & 0xff));
    const server = createServer((_request, response) => {
      response.setHeader("connection", "close");
      response.end(page);
    });
    far.listen(80, (stream, peer) => {
      expect(peer).toBe(here);
      server.emit("connection", stream);
    });
    const request = get({ host: there, createConnection: () => near.connect(there, 80) });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const closed = once(response.socket, "close");
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    await closed;
    expect(sum(Buffer.concat(chunks))).toBe(sum(page));
    expect(Math.max(...packets.map(({ length }) => length))).toBe(600);
    expect(packets.every((packet) => checksum(packet.subarray(0, 20)) === 0)).toBe(true);
    const flags = packets.map((packet) => summarize(packet)).map((each) => (each?.kind === "tcp" ? each.flags : "no TCP"));
    expect(flags.slice(0, 3)).toEqual(["SYN", "SYN ACK", "ACK"]);
    expect(flags.filter((each) => each === "FIN ACK")).toHaveLength(2);
    expect(flags).not.toContain("no TCP");
  });

  it("carries bytes both ways at once", async () => {
    const { near, far } = hosts();
    const echoed = new Promise<string>((resolve) => {
      const stream = near.connect(there, 7);
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
      stream.on("end", () => resolve(text));
      stream.end("hello ".repeat(2000));
    });
    far.listen(7, (stream) => void stream.pipe(stream));
    expect(await echoed).toBe("hello ".repeat(2000));
  });

  it("takes each byte once when the link doubles packets", async () => {
    const { near, far } = hosts({ duplication: 1 });
    far.listen(7, (stream) => void stream.pipe(stream));
    const stream = near.connect(there, 7);
    let text = "";
    stream.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    stream.end("0123456789".repeat(5000));
    await once(stream, "end");
    expect(text).toBe("0123456789".repeat(5000));
  });

  it("acknowledges a FIN at once, so that no answer to something later overtakes that", () => {
    const sent: TcpSegment[] = [];
    const { receive, stream } = createTcpStream({
      localPort: 7,
      remotePort: 50_000,
      initialSequenceNumber: 1000,
      maxSegmentSize: 1460,
      send: (segment) => sent.push(segment),
      onEnd: () => {},
    });
    stream.resume();
    const flags = { syn: false, ack: true, fin: false, rst: false, payload: new Uint8Array() };
    const segment = { sourcePort: 50_000, destinationPort: 7, sequenceNumber: 2 ** 32 - 1, acknowledgementNumber: 0, ...flags };
    receive({ ...segment, syn: true, ack: false });
    receive({ ...segment, sequenceNumber: 0, acknowledgementNumber: 1001 });
    receive({ ...segment, sequenceNumber: 0, acknowledgementNumber: 1001, fin: true });
    expect(sent).toMatchObject([
      { syn: true, ack: true, sequenceNumber: 1000, acknowledgementNumber: 0 },
      { syn: false, ack: true, sequenceNumber: 1001, acknowledgementNumber: 1 },
    ]);
    stream.destroy();
  });

  it("tells the other side when it breaks off", async () => {
    const { near, far } = hosts();
    far.listen(80, (stream) => {
      stream.on("error", () => {});
      stream.on("data", () => stream.destroy());
    });
    const stream = near.connect(there, 80);
    stream.write("a question");
    const [error] = (await once(stream, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNRESET");
  });
});
