import type { Millis } from "#contract/vocabulary.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { connectPeer, type Peer } from "../conformance/client/peer.ts";
import { ipRequest, ipResponse, message } from "../conformance/client/wire.ts";

const atOnce = 20;

/** How many addresses can be lent: clients connect until one gets none. All of them leave again. */
export async function countAddresses(at: Endpoint, patience: Millis): Promise<number> {
  const peers: Peer[] = [];
  try {
    for (let lent = 0; ; ) {
      const more = await Promise.all(Array.from({ length: atOnce }, () => connectPeer({ name: "a client", at, patience, tell: () => {} })));
      peers.push(...more);
      for (const peer of more) peer.send(message(ipRequest), "");
      for (const peer of more) if ((await peer.perhaps(({ type }) => type === ipResponse, patience)) !== undefined) lent++;
      if (lent < peers.length) return lent;
    }
  } finally {
    for (const peer of peers) peer.drop();
  }
}
