// STUB: import type { Lab4, ServerAction } from "#contract/lab-4-tun-server.ts";
// STUB: import { notImplemented } from "#kit/not-implemented.ts";
// BEGIN SOLUTION silent
import type { Connection, Lab4, ServerAction } from "#contract/lab-4-tun-server.ts";
import type { SessionId } from "#contract/vocabulary.ts";
// END SOLUTION

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
  // BEGIN SOLUTION
  const connections = new Map<SessionId, Connection>();
  const losses = new Map<Loss, number>();
  let stopping: Promise<void> | undefined;

  function count(loss: Loss): void {
    losses.set(loss, (losses.get(loss) ?? 0) + 1);
  }

  function perform(actions: readonly ServerAction[]): void {
    for (const action of actions) {
      switch (action.kind) {
        case "send":
          if (connections.get(action.to)?.write(action.bytes) !== true) count("slow-client");
          break;
        case "write-tun":
          if (!tun.write(action.packet)) count("refused-by-device");
          break;
        case "close":
          connections.get(action.session)?.close();
          break;
        case "drop":
          count(action.reason);
          break;
        default:
          action satisfies never;
      }
    }
  }

  listener.onConnection((connection) => {
    if (stopping !== undefined) {
      connection.close();
      return;
    }
    const { id } = connection;
    connections.set(id, connection);
    // The core has to know the session before the first byte of it can come.
    perform(core.connect(id));
    connection.onData((chunk) => perform(core.receive(id, chunk)));
    connection.onClose(() => {
      connections.delete(id);
      perform(core.disconnect(id));
    });
  });
  listener.onError(() => count("failed-accept"));
  tun.onPackets((batch) => {
    for (const packet of batch) perform(core.receiveFromTun(packet));
  });
  ticker.onTick((elapsed) => perform(core.tick(elapsed)));

  async function shutDown(): Promise<void> {
    ticker.stop();
    // A listener is closed only when its last connection is.
    for (const connection of connections.values()) connection.close();
    const closed = await Promise.allSettled([listener.close(), tun.close()]);
    for (const result of closed) if (result.status === "rejected") throw result.reason;
  }

  function stop(): Promise<void> {
    // Begun a moment later, when `stopping` is set: closing the device reports back to here.
    stopping ??= Promise.resolve().then(shutDown);
    return stopping;
  }

  // Whoever calls stop() is told when it failed; here nobody waits for it.
  tun.onClose(() => void stop().catch(() => undefined));

  return { stop, losses: () => losses };
  // END SOLUTION
  // STUB: return notImplemented("lab-4 shell", "docs/lab-4-tun-server.md#the-shell");
}) satisfies Lab4["runServer"];
