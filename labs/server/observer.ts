import type { ServerAction } from "#contract/lab-4-tun-server.ts";
import type { Ipv4Address, Millis, SessionId } from "#contract/vocabulary.ts";
import { createFinalSignal } from "#devices/signal.ts";
import { countMessages } from "./count-messages.ts";
import { type Counters, createCounters, increment } from "./counters.ts";
import { dialectOf, telltaleLength } from "./dialect.ts";
import { createLossSummary } from "./loss-summary.ts";
import { messageHeader } from "./protocol-limits.ts";
import type { CloseReason, Loss, ServerEvent } from "./server-events.ts";
import { addPacket, createUser, type User } from "./user.ts";

/** Message types: docs/protocol.md#messages */
const internetResponse = 103;
const heartbeat = 104;

/**
 * Watches a server from outside and keeps the books: who is connected, what passed, what was lost. It is told by the wrappers of observe.ts;
 * the labs' code knows nothing of it.
 */
export type Observer = {
  readonly connected: (session: SessionId, peer: string) => void;
  readonly received: (session: SessionId, chunk: Uint8Array) => void;
  /** The core has decided; `session` is whose bytes it was given, if anybody's. */
  readonly acted: (session: SessionId | undefined, actions: readonly ServerAction[]) => void;
  readonly sent: (session: SessionId, message: Uint8Array, taken: boolean) => void;
  readonly writtenToDevice: (taken: boolean) => void;
  /** The link has thrown away something that came, or an answer of its own. */
  readonly lostOnLink: (loss: Loss) => void;
  readonly disconnected: (session: SessionId) => void;
  readonly failedAccept: (error: Error) => void;
  readonly ticked: (elapsed: Millis) => void;
  /** From now on connections end because the server does. Resolves when nobody is connected any more. */
  readonly stopping: () => Promise<void>;
  /** Who is connected now. */
  readonly users: () => readonly User[];
  readonly counters: () => Counters;
};

type Entry = {
  readonly user: User;
  readonly countHeartbeats: (chunk: Uint8Array) => number;
  readonly firstBytes: Uint8Array;
  firstLength: number;
  reason: CloseReason | undefined;
};

export function createObserver({
  addressOf,
  onEvent,
  now = () => performance.now(),
}: {
  /** The session table's answer. */
  readonly addressOf: (session: SessionId) => Ipv4Address | undefined;
  readonly onEvent: (event: ServerEvent) => void;
  readonly now?: () => number;
}): Observer {
  const entries = new Map<SessionId, Entry>();
  const counters = createCounters();
  const summary = createLossSummary();
  const gone = createFinalSignal<void>();
  let stopping = false;

  function lost(loss: Loss, session: SessionId | undefined): void {
    increment(counters.losses, loss);
    summary.lost(loss);
    const entry = session === undefined ? undefined : entries.get(session);
    if (entry !== undefined) entry.user.losses += 1;
  }

  function note(session: SessionId | undefined, action: ServerAction): void {
    switch (action.kind) {
      case "write-tun": {
        const entry = session === undefined ? undefined : entries.get(session);
        if (entry !== undefined) addPacket(entry.user.fromClient, action.packet.length);
        addPacket(counters.fromClients, action.packet.length);
        return;
      }
      case "drop":
        lost(action.reason, action.session);
        return;
      case "close": {
        const entry = entries.get(action.session);
        if (entry !== undefined) entry.reason = action.reason;
        return;
      }
      case "send":
        return;
      default:
        action satisfies never;
    }
  }

  function noteAddress(session: SessionId): void {
    const user = entries.get(session)?.user;
    if (user === undefined || user.address !== undefined) return;
    const address = addressOf(session);
    if (address === undefined) return;
    user.address = address;
    counters.addressesLent += 1;
    onEvent({ kind: "address-lent", user, address });
  }

  return {
    connected: (session, peer) => {
      const user = createUser(session, peer, now());
      const firstBytes = new Uint8Array(telltaleLength);
      entries.set(session, { user, countHeartbeats: countMessages(heartbeat), firstBytes, firstLength: 0, reason: undefined });
      counters.connections += 1;
      onEvent({ kind: "connected", user });
    },
    received: (session, chunk) => {
      const entry = entries.get(session);
      if (entry === undefined) return;
      entry.user.heardAt = now();
      counters.heartbeatsReceived += entry.countHeartbeats(chunk);
      if (entry.firstLength === telltaleLength) return;
      const more = chunk.subarray(0, telltaleLength - entry.firstLength);
      entry.firstBytes.set(more, entry.firstLength);
      entry.firstLength += more.length;
    },
    acted: (session, actions) => {
      for (const action of actions) note(session, action);
      if (session !== undefined) noteAddress(session);
    },
    sent: (session, message, taken) => {
      if (!taken) return lost("slow-client", session);
      if (message[4] === heartbeat) counters.heartbeatsSent += 1;
      if (message[4] !== internetResponse) return;
      const entry = entries.get(session);
      if (entry !== undefined) addPacket(entry.user.toClient, message.length - messageHeader);
      addPacket(counters.toClients, message.length - messageHeader);
    },
    writtenToDevice: (taken) => {
      if (!taken) lost("refused-by-device", undefined);
    },
    lostOnLink: (loss) => lost(loss, undefined),
    disconnected: (session) => {
      const entry = entries.get(session);
      if (entry === undefined) return;
      entries.delete(session);
      const { user, firstBytes, firstLength } = entry;
      const reason = entry.reason ?? (stopping ? "server-stopped" : "disconnected");
      increment(counters.closes, reason);
      const looksLike = reason === "bad-message" ? dialectOf(firstBytes.subarray(0, firstLength)) : undefined;
      onEvent({ kind: "closed", user, reason, after: Math.round(now() - user.connectedAt), looksLike });
      if (stopping && entries.size === 0) gone.emit();
    },
    failedAccept: (error) => {
      counters.failedAccepts += 1;
      summary.failedAccept(error);
    },
    ticked: (elapsed) => {
      for (const event of summary.tick(elapsed)) onEvent(event);
    },
    stopping: () => {
      stopping = true;
      if (entries.size === 0) gone.emit();
      return new Promise((resolve) => gone.on(resolve));
    },
    users: () => Array.from(entries.values(), ({ user }) => user),
    counters: () => counters,
  };
}
