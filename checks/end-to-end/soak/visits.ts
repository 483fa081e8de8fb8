import { setTimeout as delay } from "node:timers/promises";
import { concat } from "#kit/bytes.ts";
import { type Client, preparePing, requestAddress } from "../conformance/client/client.ts";
import { udpPacket } from "../conformance/client/packets.ts";
import type { Peer } from "../conformance/client/peer.ts";
import { heartbeat, internetRequest, ipRequest, message } from "../conformance/client/wire.ts";
import { below, inChunks, malformedStream, type Random, randomBytes } from "./malformed-stream.ts";

/** What a visit is given. */
type Visitor = { readonly connect: () => Promise<Peer>; readonly random: Random };

/** One client's stay, from its connection to its end. */
export type Visit = (visitor: Visitor) => Promise<void>;

/** An address of the server's internet in memory, where every address answers. */
const anywhere = "198.51.100.2";

/** Waits for so many answers, or until the pool is empty and the server closes. */
async function pings(client: Client, random: Random, count: number): Promise<void> {
  const prepared = Array.from({ length: count }, () => preparePing(client, anywhere, 28 + below(random, 1400)));
  client.send(concat(...prepared.map(({ request }) => request)), "");
  for (const ping of prepared) await client.next("a ping to be answered", ping.isAnswer);
}

function leave(peer: Peer, random: Random): void {
  if (random() < 0.5) peer.drop();
  else peer.reset();
}

/** Every way to behave, the good one first. */
const kinds: Readonly<Record<string, Visit>> = {
  "a few pings": async ({ connect, random }) => {
    const client = await requestAddress(await connect());
    for (let count = below(random, 4); count >= 0; count--) await pings(client, random, 1 + below(random, 5));
    client.send(message(heartbeat), "");
    client.finish();
    await client.ended("the server to close its side too");
    client.drop();
  },
  "many pings": async ({ connect, random }) => {
    const client = await requestAddress(await connect());
    await pings(client, random, 50 + below(random, 100));
    leave(client, random);
  },
  "asks and goes": async ({ connect, random }) => {
    const peer = await connect();
    for (let count = below(random, 50); count >= 0; count--) peer.send(message(ipRequest), "");
    if (random() < 0.5) await peer.flushed();
    leave(peer, random);
  },
  "stops in mid-message": async ({ connect, random }) => {
    const peer = await connect();
    if (random() < 0.5) await requestAddress(peer);
    const bytes = message(internetRequest, randomBytes(random, 200));
    peer.send(bytes.subarray(0, 1 + below(random, bytes.length - 1)), "");
    await delay(below(random, 100));
    leave(peer, random);
  },
  "malformed stream": async ({ connect, random }) => {
    const peer = await connect();
    for (const chunk of inChunks(random, malformedStream(random))) {
      peer.send(chunk, "");
      if (random() < 0.2) await delay(1);
    }
    await peer.endsWithin(20);
    leave(peer, random);
  },
  "random bytes": async ({ connect, random }) => {
    const peer = await connect();
    peer.send(randomBytes(random, 1 + below(random, 5000)), "");
    await peer.endsWithin(20);
    leave(peer, random);
  },
  flood: async ({ connect, random }) => {
    const client = await requestAddress(await connect());
    const forged = udpPacket("192.0.2.66", anywhere, 9, new Uint8Array(100));
    const mix = concat(message(heartbeat), message(42, new Uint8Array(200)), message(internetRequest, forged), message(ipRequest));
    client.send(concat(...Array.from({ length: 200 + below(random, 800) }, () => mix)), "");
    if (random() < 0.5) await client.flushed();
    leave(client, random);
  },
  "reads nothing": async ({ connect, random }) => {
    const client = await requestAddress(await connect());
    client.stopReading();
    const { request } = preparePing(client, anywhere, 1400);
    client.send(concat(...Array.from({ length: 500 + below(random, 2000) }, () => request)), "");
    await delay(below(random, 200));
    leave(client, random);
  },
};

/** These keep a server busy for long; it is the coming and going that finds leaks. */
const seldom: readonly string[] = ["many pings", "flood", "reads nothing"];

/** The kinds of visits, each as often as it is made in comparison. */
export const visits: readonly { readonly kind: string; readonly visit: Visit }[] = Object.entries(kinds).flatMap(([kind, visit]) =>
  Array.from({ length: seldom.includes(kind) ? 1 : 8 }, () => ({ kind, visit })),
);
