import { concat } from "#kit/bytes.ts";
import { type ConformanceCase } from "../case.ts";
import { preparePing, requireAnswer } from "../client/client.ts";
import { udpPacket } from "../client/packets.ts";
import { heartbeat, internetRequest, ipRequest, message } from "../client/wire.ts";

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
      client.send(
        ping.request.subarray(0, sent),
        `${sent === 1 ? "the first byte" : `the first ${sent} bytes`} of a message of ${ping.request.length}`,
      );
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

const flood: ConformanceCase = {
  id: "flood",
  title: "A client that floods the server holds up nobody",
  rule,
  why: "A server that handles one client until it has nothing more to say never gets to the others.",
  run: async ({ client: newClient, othersServed, ping }) => {
    const client = await newClient("A");
    const forged = udpPacket("192.0.2.66", "198.51.100.2", 9, new Uint8Array(100));
    const mix = concat(message(heartbeat), message(42, new Uint8Array(200)), message(internetRequest, forged), message(ipRequest));
    const oneMegabyte = concat(...Array.from({ length: Math.ceil(2 ** 20 / mix.length) }, () => mix));
    for (let count = 0; count < 4; count++) {
      client.send(oneMegabyte, "1 MB of heartbeats, requests, unknown types and forged packets");
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
  flood,
];
