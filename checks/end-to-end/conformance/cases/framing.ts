import { setTimeout as delay } from "node:timers/promises";
import { concat } from "#kit/bytes.ts";
import type { ConformanceCase } from "../case.ts";
import { preparePing, readGrant, requireAnswer } from "../client/client.ts";
import { udpPacket } from "../client/packets.ts";
import type { Peer } from "../client/peer.ts";
import { heartbeat, internetRequest, ipRequest, longestMessage, message, messageHeader } from "../client/wire.ts";

/** Nothing tells when the server has read a byte. With such a gap it reads most of them one by one. */
const gap = 2;

async function sendByteByByte(peer: Peer, bytes: Uint8Array, words: string): Promise<void> {
  peer.send(bytes.subarray(0, 1), `${words}, byte by byte`);
  for (let index = 1; index < bytes.length; index++) {
    await delay(gap);
    peer.send(bytes.subarray(index, index + 1), "");
  }
}

const bytewise: ConformanceCase = {
  id: "bytewise",
  title: "Messages that come one byte at a time are understood",
  rule: "docs/protocol.md#framing",
  why: "TCP keeps the bytes and their order, not where one message ends. A server that takes one recv for one message loses those that come in pieces.",
  run: async ({ connect, site }) => {
    const peer = await connect("A");
    await sendByteByByte(peer, message(ipRequest), "100 ip-request");
    const client = await readGrant(peer);
    const ping = preparePing(client, site.pingTarget(client.address));
    await sendByteByByte(client, ping.request, "102 with a ping");
    requireAnswer(client, ping, await client.next("the ping to be answered", ping.isAnswer));
  },
};

const glued: ConformanceCase = {
  id: "glued",
  title: "Several messages that come at once are all understood",
  rule: "docs/protocol.md#framing",
  why: "What a client writes in three calls may be read in one. A server that looks at the first message only loses the others, and loses more the busier it is.",
  run: async ({ client: newClient, site }) => {
    const client = await newClient("A");
    const pings = Array.from({ length: 10 }, () => preparePing(client, site.pingTarget(client.address)));
    client.send(concat(...pings.flatMap(({ request }) => [request, message(heartbeat)])), "10 pings and 10 heartbeats in one write");
    for (const [index, ping] of pings.entries())
      requireAnswer(client, ping, await client.next(`ping ${index + 1} of 10 to be answered`, ping.isAnswer));
  },
};

const cutAndGlued: ConformanceCase = {
  id: "cut-and-glued",
  title: "One read may end in the middle of a message and the next begin there",
  rule: "docs/protocol.md#framing",
  why: "A full buffer or a lost segment cuts the stream anywhere, also inside the four bytes of the length.",
  run: async ({ client: newClient, site, othersServed }) => {
    const client = await newClient("A");
    const pings = [84, 84, 1000].map((length) => preparePing(client, site.pingTarget(client.address), length));
    const stream = concat(...pings.map(({ request }) => request));
    const second = pings[0]?.request.length ?? 0;
    // In the second one's length, behind its header, and in the middle of the third one's data.
    const cuts = [second + 2, second + messageHeader, second + second + 500, stream.length];
    let start = 0;
    for (const end of cuts) {
      client.send(stream.subarray(start, end), `bytes ${start} to ${end - 1} of three pings`);
      start = end;
      // Something else to do while the rest is missing: when that is done, the server has read what came before.
      await othersServed();
    }
    for (const [index, ping] of pings.entries())
      requireAnswer(client, ping, await client.next(`ping ${index + 1} of 3 to be answered`, ping.isAnswer));
  },
};

const longest: ConformanceCase = {
  id: "longest-message",
  title: "A message of 4101 bytes, the longest there is, is understood",
  rule: "docs/protocol.md#messages",
  why: "The C structure ends in char data[4096], so 5 + 4096 bytes are allowed. A server whose limit is one too low hangs up; one whose buffer is too small damages what follows.",
  run: async ({ client: newClient, site, ping }) => {
    const client = await newClient("A");
    const datagram = new Uint8Array(longestMessage - messageHeader - 28);
    const packet = udpPacket(client.address, site.pingTarget(client.address), 9, datagram);
    client.send(message(internetRequest, packet), `102 of ${longestMessage} bytes`);
    await ping(client);
  },
};

export const framingCases: readonly ConformanceCase[] = [bytewise, glued, cutAndGlued, longest];
