import { onTestFinished } from "vitest";
import { openPeer, type Peer } from "./server-peer.ts";

/** Connects to the server on this port of the loopback. The connection does not outlive the test. */
export async function connectPeer(port: number): Promise<Peer> {
  const peer = await openPeer(port);
  onTestFinished(() => void peer.socket.destroy());
  return peer;
}
