// STUB: import type { Lab4 } from "#contract/lab-4-tun-server.ts";
// STUB: import { notImplemented } from "#kit/not-implemented.ts";
// BEGIN SOLUTION silent
import type { DecoderEvent, MessageDecoder } from "#contract/lab-1-codec.ts";
import type { Heartbeat } from "#contract/lab-3-heartbeat.ts";
import type { Lab4, ServerAction } from "#contract/lab-4-tun-server.ts";
import type { Millis, SessionId } from "#contract/vocabulary.ts";
import { ipv4ToBytes } from "#kit/addresses.ts";
import { addressGrant } from "#lab-1/address-grant.ts";
import { encodeMessage } from "#lab-1/message.ts";
import { createMessageDecoder } from "#lab-1/message-decoder.ts";
import { createHeartbeat } from "#lab-3/heartbeat.ts";
import { destinationOf, isFrom, packetFault } from "./packet-header.ts";

const messageHeader = 5;

/** What the core remembers of one connection. */
type Session = {
  readonly decoder: MessageDecoder;
  /** How long the connection has been open; it stops counting at the grant. */
  waited: Millis;
  /** There from the first message 100 on. */
  lease: Lease | undefined;
};

/** The address itself is kept by the session table; this is what the table does not know. */
type Lease = {
  /** The address as its four bytes: each packet's source is compared with it. */
  readonly source: Uint8Array;
  readonly heartbeat: Heartbeat;
};

/** What becomes of the packet in a message 102. */
function forward(id: SessionId, lease: Lease | undefined, packet: Uint8Array): ServerAction {
  if (lease === undefined) return { kind: "drop", session: id, reason: "no-address" };
  const fault = packetFault(packet);
  if (fault !== undefined) return { kind: "drop", session: id, reason: fault };
  if (!isFrom(packet, lease.source)) return { kind: "drop", session: id, reason: "spoofed-source" };
  return { kind: "write-tun", packet };
}
// END SOLUTION

/**
 * The server's decisions, all of them, and nothing else: no socket, no device, no clock. Each method is told what happened and returns what
 * is to be done, in order. `[]` means nothing.
 *
 * | told                | by                    | the decision                                                              |
 * |---------------------|-----------------------|---------------------------------------------------------------------------|
 * | `connect(id)`       | a TCP connection      | a decoder and a place in the session table                                |
 * | `receive(id, …)`    | bytes of that client  | decode; 100: lend an address, 102: check and write to the TUN, 104: heard |
 * | `disconnect(id)`    | its FIN or reset      | the address goes back, the session is forgotten                           |
 * | `receiveFromTun(…)` | a packet from the TUN | find the owner of the destination address, send it a 103                  |
 * | `tick(elapsed)`     | the clock             | heartbeats due, clients dead, connections that never asked                |
 *
 * The pieces are there already: decoder and messages (lab 1), session table (lab 2, given as `sessions`), heartbeat (lab 3, one for each
 * session that has an address, made with `timing`). What is new is who may do what, and when.
 *
 * Three things to keep in mind:
 *
 * - One message may close the session (an empty pool, a framing error). What stands behind it in the same chunk is not acted on, and
 *   later calls for that session return `[]`.
 * - The packet of a `write-tun` may be a view into the chunk: the shell writes it before it returns. A `send` is always a new array.
 * - The decoder reports unknown types and lost framing as events, not as exceptions.
 *
 * Your task: the five methods. Handout: docs/lab-4-tun-server.md#order-of-work
 */
export const createServerCore: Lab4["createServerCore"] = ({ sessions, timing, route, dns, maxLength }) => {
  // BEGIN SOLUTION
  const open = new Map<SessionId, Session>();

  /** The address is free again at once, before the shell has closed the socket: whoever asks next may have it. */
  function forget(id: SessionId): void {
    open.delete(id);
    sessions.close(id);
  }

  function close(id: SessionId, reason: Extract<ServerAction, { kind: "close" }>["reason"]): ServerAction {
    forget(id);
    return { kind: "close", session: id, reason };
  }

  function grant(id: SessionId, session: Session): ServerAction {
    const address = sessions.assign(id);
    if (address === undefined) return close(id, "pool-exhausted");
    // Only the first request starts the clocks: asking again is no sign of life.
    session.lease ??= { source: ipv4ToBytes(address), heartbeat: createHeartbeat(timing) };
    return { kind: "send", to: id, bytes: encodeMessage({ type: "ip-response", data: addressGrant.serialize({ address, route, dns }) }) };
  }

  /** One event asks for one action at most, so that the data path makes no arrays. */
  function answer(id: SessionId, session: Session, event: DecoderEvent): ServerAction | undefined {
    if (event.kind === "error") return close(id, "bad-message");
    if (event.kind === "ignored") return { kind: "drop", session: id, reason: "unknown-type" };
    const { message } = event;
    switch (message.type) {
      case "internet-request":
        return forward(id, session.lease, message.packet);
      case "heartbeat":
        if (session.lease === undefined) return { kind: "drop", session: id, reason: "no-address" };
        session.lease.heartbeat.heard();
        return undefined;
      case "ip-request":
        return grant(id, session);
      case "ip-response":
      case "internet-response":
        return { kind: "drop", session: id, reason: "wrong-direction" };
      default:
        return message satisfies never;
    }
  }

  /** A connection that has no address has no heartbeat either, and nothing that it sends gives it more time. */
  function tickSession(id: SessionId, session: Session, elapsed: Millis): ServerAction | undefined {
    if (session.lease === undefined) {
      session.waited += elapsed;
      return session.waited > timing.deadAfter ? close(id, "no-request") : undefined;
    }
    const [action] = session.lease.heartbeat.tick(elapsed);
    if (action === undefined) return undefined;
    return action.kind === "peer-dead" ? close(id, "peer-dead") : { kind: "send", to: id, bytes: encodeMessage({ type: "heartbeat" }) };
  }
  // END SOLUTION

  return {
    connect: (id) => {
      // BEGIN SOLUTION
      sessions.open(id);
      open.set(id, { decoder: createMessageDecoder({ maxLength }), waited: 0, lease: undefined });
      return [];
      // END SOLUTION
      // STUB: return notImplemented("lab-4 connect", "docs/lab-4-tun-server.md#connecting-and-the-grant");
    },

    receive: (id, chunk) => {
      // BEGIN SOLUTION
      const session = open.get(id);
      if (session === undefined) return [];
      const actions: ServerAction[] = [];
      for (const event of session.decoder.receive(chunk)) {
        const action = answer(id, session, event);
        if (action !== undefined) actions.push(action);
        if (action?.kind === "close") break;
      }
      return actions;
      // END SOLUTION
      // STUB: return notImplemented("lab-4 receive", "docs/lab-4-tun-server.md#client-to-tun");
    },

    disconnect: (id) => {
      // BEGIN SOLUTION
      forget(id);
      return [];
      // END SOLUTION
      // STUB: return notImplemented("lab-4 disconnect", "docs/lab-4-tun-server.md#closing");
    },

    receiveFromTun: (packet) => {
      // BEGIN SOLUTION
      const fault = packetFault(packet);
      if (fault !== undefined) return [{ kind: "drop", reason: fault }];
      // The client would take it for lost framing and hang up. A device whose MTU fits never brings one.
      if (messageHeader + packet.length > maxLength) return [{ kind: "drop", reason: "malformed-packet" }];
      const owner = sessions.ownerOf(destinationOf(packet));
      if (owner === undefined) return [{ kind: "drop", reason: "no-session" }];
      return [{ kind: "send", to: owner, bytes: encodeMessage({ type: "internet-response", packet }) }];
      // END SOLUTION
      // STUB: return notImplemented("lab-4 receiveFromTun", "docs/lab-4-tun-server.md#tun-to-client");
    },

    tick: (elapsed) => {
      // BEGIN SOLUTION
      if (!Number.isInteger(elapsed) || elapsed < 0) throw new RangeError(`A tick of ${elapsed} ms is not a whole number of at least 0.`);
      const actions: ServerAction[] = [];
      for (const [id, session] of open) {
        const action = tickSession(id, session, elapsed);
        if (action !== undefined) actions.push(action);
      }
      return actions;
      // END SOLUTION
      // STUB: return notImplemented("lab-4 tick", "docs/lab-4-tun-server.md#time");
    },
  };
};
