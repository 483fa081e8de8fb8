import type { Millis } from "#contract/vocabulary.ts";
import type { Peer } from "./peer.ts";
import { heartbeat, message } from "./wire.ts";

/** Sends a 104 now and then, untold. Returns how to stop. */
export function sendHeartbeats(peer: Peer, every: Millis): () => void {
  const timer = setInterval(() => peer.send(message(heartbeat), ""), every);
  return () => clearInterval(timer);
}
