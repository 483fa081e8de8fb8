import type { Millis } from "#contract/vocabulary.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { seededRandom } from "#devices/seeded-random.ts";
import { createPings, requestAddress } from "../conformance/client/client.ts";
import { sendHeartbeats } from "../conformance/client/heartbeats.ts";
import { connectPeer, type Peer } from "../conformance/client/peer.ts";
import { memorySite } from "../conformance/site.ts";
import { oneOf } from "./malformed-stream.ts";
import { visits } from "./visits.ts";

export type SwarmOptions = {
  readonly address: Endpoint;
  readonly seed: number;
  /** How many clients there are at a time. */
  readonly visitors: number;
  readonly duration: Millis;
  /** How long a client that behaves may wait for an answer. */
  readonly patience: Millis;
};

/** What a swarm has done. */
export type SwarmTally = {
  /** How often each kind of visit was made. */
  readonly visits: Map<string, number>;
  pings: number;
  slowestPing: Millis;
};

export function createTally(): SwarmTally {
  return { visits: new Map(), pings: 0, slowestPing: 0 };
}

/**
 * Clients of every kind come and go. One that behaves is there all the time and must be served. Rejects with a `CheckFailure` as soon as a
 * client that behaves is not served; the others have left then too.
 */
export async function swarm({ address, seed, visitors, duration, patience }: SwarmOptions, tally: SwarmTally): Promise<void> {
  const until = performance.now() + duration;
  const present = new Set<Peer>();
  let failed = false;
  const goOn = () => !failed && performance.now() < until;

  async function connect(): Promise<Peer> {
    const peer = await connectPeer({ name: "a client", at: address, patience, tell: () => {} });
    present.add(peer);
    return peer;
  }

  async function visitor(random: () => number): Promise<void> {
    while (goOn()) {
      const { kind, visit } = oneOf(random, visits);
      await visit({ connect, random });
      tally.visits.set(kind, (tally.visits.get(kind) ?? 0) + 1);
      for (const peer of present) if (peer.ending() !== undefined) present.delete(peer);
    }
  }

  async function guest(): Promise<void> {
    const client = await requestAddress(await connect());
    const stop = sendHeartbeats(client, 10_000);
    const ping = createPings(memorySite);
    try {
      for (; goOn(); tally.pings++) tally.slowestPing = Math.max(tally.slowestPing, await ping(client));
    } finally {
      stop();
    }
  }

  const all = [guest(), ...Array.from({ length: visitors }, (_, index) => visitor(seededRandom(seed * 1009 + index)))];
  const ends = await Promise.allSettled(
    all.map((each) =>
      each.catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  for (const peer of present) peer.drop();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
