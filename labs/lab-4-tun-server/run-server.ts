import type { Lab4, ServerAction } from "#contract/lab-4-tun-server.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/**
 * Why something was thrown away. Most reasons are the core's; three are the shell's own: the client reads too slowly, the device refused
 * the packet, or a connection could not be accepted (out of file descriptors, say).
 */
export type Loss = Extract<ServerAction, { kind: "drop" }>["reason"] | "slow-client" | "refused-by-device" | "failed-accept";

/** A server at work. */
export type RunningServer = {
  /** Closes the clock, the connections, the listener and the device, in this order. Calling it again gives the same promise. */
  readonly stop: () => Promise<void>;
  /** How often each kind of loss has happened so far; a reason that has not occurred is not there. */
  readonly losses: () => ReadonlyMap<Loss, number>;
};

/**
 * The server's hands: it feeds the core with what happens, and does what the core says, in order. It decides nothing about the protocol; it
 * does not even know that there are messages.
 *
 *     connection opened / bytes / closed ──▶ connect / receive / disconnect ─┐
 *     batch of packets from the TUN ───────▶ receiveFromTun, one by one ─────┼──▶ actions: send, write-tun, close, drop
 *     clock ───────────────────────────────▶ tick ───────────────────────────┘
 *
 * What it has to get right:
 *
 * - Chunks and packets are views that are valid only during the call: act on the actions before returning.
 * - `write` may say `false`: the message or packet was dropped. Count it and go on; never wait for a slow client.
 * - A `send` may name a connection that has just closed: that is a loss like any other, and no reason to throw.
 * - When the device closes (somebody deleted it), there is nothing left to serve: stop.
 * - An error of the listener costs the new connection, not those that are there.
 *
 * Your task: handout docs/lab-4-tun-server.md#the-shell
 */
export const runServer = (({ listener, tun, ticker, core }): RunningServer => {
  // Your code here.
  return notImplemented("lab-4 shell", "docs/lab-4-tun-server.md#the-shell");
}) satisfies Lab4["runServer"];
