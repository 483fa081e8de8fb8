import type { Millis } from "#contract/vocabulary.ts";
import type { Peer } from "./peer.ts";
import { heartbeat, message } from "./wire.ts";

/** More often than need be: what is tested is the server. */
const sendEvery: Millis = 10_000;

/** Sends a 104 now and then, untold. Returns how to stop. */
export function sendHeartbeats(peer: Peer, every = sendEvery): () => void {
  const timer = setInterval(() => peer.send(message(heartbeat), ""), every);
  return () => clearInterval(timer);
}
