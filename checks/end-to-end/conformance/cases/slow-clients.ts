import { CheckFailure } from "#checks/harness/check-failure.ts";
import { concat, equalBytes } from "#kit/bytes.ts";
import type { ConformanceCase } from "../case.ts";
import { type Client, preparePing, requireAnswer } from "../client/client.ts";
import { readUdp, udpPacket } from "../client/packets.ts";
import { heartbeat, internetRequest, ipRequest, message } from "../client/wire.ts";
import type { Exam } from "../exam.ts";

const rule = "docs/protocol.md#the-server";

/** A client that sends a part of a ping, and the rest when others have been served meanwhile. */
function stalled(id: string, sent: number, title: string, why: string): ConformanceCase {
  return {
    id,
    title,
    rule,
    why,
    run: async ({ client: newClient, site, othersServed }) => {
      const client = await newClient("A");
      const ping = preparePing(client, site.pingTarget(client.address));
      client.send(ping.request.subarray(0, sent), `the first ${sent} bytes of a message of ${ping.request.length}`);
      for (let count = 0; count < 3; count++) await othersServed();
      client.send(ping.request.subarray(sent), "the rest of it");
      requireAnswer(client, ping, await client.next("the ping that came in two parts to be answered", ping.isAnswer));
    },
  };
}

const stalledCrowd: ConformanceCase = {
  id: "stalled-crowd",
  title: "Twenty clients that stall at once hold up nobody",
  rule,
  why: "A server with a few threads, each of which reads to the end of a message, serves others until as many clients stall as it has threads.",
  run: async ({ connect, othersServed }) => {
    for (let count = 1; count <= 20; count++) {
      const peer = await connect(`A${count}`);
      peer.send(message(ipRequest).subarray(0, 3), "three bytes of a 100");
    }
    await othersServed();
  },
};

const silentConnection: ConformanceCase = {
  id: "silent-connection",
  title: "A connection on which nothing is sent holds up nobody",
  rule,
  why: "A server that waits for the first 100 before it accepts the next connection is stopped by anybody who connects.",
  run: async ({ connect, client, othersServed }) => {
    await connect("A");
    await othersServed();
    await client("B");
  },
};

const burst = 200;
const datagramLength = 1400;
/** More than the buffers of both systems hold together: after that a server that writes to the end of a message waits for ever. */
const enough = 12 * 1024 * 1024;

/** Each datagram says its number, so that one that is damaged or comes twice is known. */
function numbered(number: number): Uint8Array {
  const datagram = Buffer.alloc(datagramLength, number & 0xff);
  datagram.writeUInt32BE(number, 0);
  return datagram;
}

async function overwhelm(client: Client, { deliver, othersServed }: Pick<Exam, "deliver" | "othersServed">): Promise<number> {
  let sent = 0;
  while (sent * datagramLength < enough) {
    await deliver(
      client,
      Array.from({ length: burst }, (_, index) => numbered(sent + index)),
    );
    sent += burst;
    await othersServed();
  }
  return sent;
}

const readsNothing: ConformanceCase = {
  id: "reads-nothing",
  title: "A client that reads nothing holds up nobody, however much waits for it",
  rule,
  why: "When its buffers are full, a blocking send waits for this one client. Eight of nine public servers stop for everybody then.",
  run: async ({ client: newClient, tell, ...exam }) => {
    const client = await newClient("A");
    client.stopReading();
    const sent = await overwhelm(client, exam);
    tell("in all", `${sent} packets, ${Math.round((sent * datagramLength) / 1024 / 1024)} MB, were sent to A`);
  },
};

const readsAgain: ConformanceCase = {
  id: "reads-again",
  title: "A client that reads again after a while gets whole messages, and loses packets only",
  rule,
  why: "A server that drops the part of a message that did not fit any more leaves a stream that cannot be read: what waits is dropped in whole messages.",
  run: async ({ client: newClient, ping, patience, site, ...exam }) => {
    const client = await newClient("A");
    client.stopReading();
    await overwhelm(client, exam);
    client.readAgain();
    await answeredAtLast(client, site.pingTarget(client.address), patience);
    let last = -1;
    for (const { data } of client.inbox) {
      const datagram = readUdp(data);
      if (datagram?.length !== datagramLength) continue;
      const number = Buffer.from(datagram).readUInt32BE(0);
      if (!equalBytes(datagram, numbered(number))) throw new CheckFailure(`the packet that begins as number ${number} is damaged`);
      if (number <= last) throw new CheckFailure(`packet ${number} came after packet ${last}`);
      last = number;
    }
    if (last < 0) throw new CheckFailure("A reads again, and got none of the packets that were sent to it");
    await ping(client);
  },
};

/** While the server still drops what is for this client, the answers to its pings are dropped too: it pings until one comes. */
async function answeredAtLast(client: Client, to: string, patience: number): Promise<void> {
  const attempts = 20;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const ping = preparePing(client, to);
    client.send(ping.request, attempt === 0 ? "pings, until one is answered" : "");
    if ((await client.perhaps(ping.isAnswer, patience / attempts)) !== undefined) return;
  }
  await client.next("A, which reads again, to get answers to its pings again", () => false, 1);
}

const flood: ConformanceCase = {
  id: "flood",
  title: "A client that floods the server holds up nobody",
  rule,
  why: "A server that handles one client until it has nothing more to say never gets to the others.",
  run: async ({ client: newClient, othersServed, ping }) => {
    const client = await newClient("A");
    const forged = udpPacket("192.0.2.66", "198.51.100.2", 9, new Uint8Array(100));
    const mix = concat(message(heartbeat), message(42, new Uint8Array(200)), message(internetRequest, forged), message(ipRequest));
    const megabyte = concat(...Array.from({ length: Math.ceil(2 ** 20 / mix.length) }, () => mix));
    for (let count = 0; count < 4; count++) {
      client.send(megabyte, "1 MB of heartbeats, requests, unknown types and forged packets");
      await othersServed();
    }
    await client.flushed();
    await ping(client);
  },
};

export const slowClientCases: readonly ConformanceCase[] = [
  silentConnection,
  stalled(
    "stalled-in-header",
    2,
    "A client that stalls in the middle of a header holds up only itself",
    "A read that waits for five bytes waits for this one client. Five of nine public servers starve all the others.",
  ),
  stalled(
    "stalled-in-data",
    40,
    "A client that stalls in the middle of a packet holds up only itself",
    "The header is there, so the server knows how much is to come; it must not wait for it.",
  ),
  stalledCrowd,
  readsNothing,
  readsAgain,
  flood,
];
