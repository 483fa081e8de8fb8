import type { Millis } from "#contract/vocabulary.ts";
import { beat, closed, dropped, type ExpectedAction, sent, written } from "./expected-action.ts";
import { far, packet, routerSolicitation } from "./packets.ts";
import { badHeader, download, grant, heartbeat, message, request, upload, type Wire } from "./wire.ts";

/** What a client of the model may send. */
export const clientMessages = [
  "request",
  "upload",
  "spoofed-upload",
  "cut-upload",
  "ipv6-upload",
  "wrong-direction",
  "heartbeat",
  "unknown-type",
  "bad-header",
] as const;

export type ClientMessage = (typeof clientMessages)[number];

/** One client, in plain numbers. */
type ModelSession = { address: string | undefined; waited: Millis; sinceSent: Millis; sinceHeard: Millis };

const sendEvery = 20_000;
const deadAfter = 60_000;

/** The packet that the client with this address sends. The same ones are needed thousands of times. */
export const packetFrom = remember((source: string) => packet(source, far));
/** The packet that the internet sends to this address. */
export const packetTo = remember((destination: string) => packet(far, destination));

/** The message's bytes, sent by somebody who takes `source` for his address. */
export function wireOf(kind: ClientMessage, source: string): Wire {
  return rememberedWire(`${kind} ${source}`);
}

const rememberedWire = remember((key: string) => {
  const [kind = "request", source = ""] = key.split(" ");
  return makeWire(kind as ClientMessage, source);
});

function makeWire(kind: ClientMessage, source: string): Wire {
  switch (kind) {
    case "request":
      return request;
    case "upload":
      return upload(packetFrom(source));
    case "spoofed-upload":
      return upload(packetFrom("13.8.0.99"));
    case "cut-upload":
      return upload(packetFrom(source).slice(0, -1));
    case "ipv6-upload":
      return upload(routerSolicitation);
    case "wrong-direction":
      return download(packetTo(source));
    case "heartbeat":
      return heartbeat;
    case "unknown-type":
      return message(42, Uint8Array.of(1));
    case "bad-header":
      return badHeader;
    default:
      return kind satisfies never;
  }
}

/** The server as slowly as it can be written: every rule is one line, and nothing is remembered but plain numbers. */
export function createServerModel(addresses: readonly string[]) {
  const sessions = new Map<number, ModelSession>();
  let connections = 0;
  const isFree = (address: string) => ![...sessions.values()].some((session) => session.address === address);

  /**
   * @param source the address that the client's packets come from
   * @param lent the address that the lab has lent, if it has: which of the free ones, is its choice
   */
  function answer(id: number, session: ModelSession, kind: ClientMessage, source: string, lent: string | undefined): ExpectedAction[] {
    if (kind === "bad-header") return [closed(id, "bad-message")];
    if (kind === "unknown-type") return [dropped(id, "unknown-type")];
    if (kind === "wrong-direction") return [dropped(id, "wrong-direction")];
    if (kind === "request" && session.address === undefined) {
      const free = addresses.filter(isFree);
      session.address = free.find((address) => address === lent) ?? free[0];
      if (session.address === undefined) return [closed(id, "pool-exhausted")];
    }
    if (session.address === undefined) return [dropped(id, "no-address")];
    if (kind === "request") return [sent(id, grant(session.address))];
    if (kind === "cut-upload") return [dropped(id, "malformed-packet")];
    if (kind === "ipv6-upload") return [dropped(id, "not-ipv4", "malformed-packet")];
    if (kind === "heartbeat") {
      session.sinceHeard = 0;
      return [];
    }
    return kind === "upload" && source === session.address ? [written(packetFrom(source))] : [dropped(id, "spoofed-source")];
  }

  function pass(id: number, session: ModelSession, elapsed: Millis): ExpectedAction[] {
    if (session.address === undefined) {
      session.waited += elapsed;
      return session.waited > deadAfter ? [closed(id, "no-request")] : [];
    }
    session.sinceSent += elapsed;
    session.sinceHeard += elapsed;
    if (session.sinceHeard > deadAfter) return [closed(id, "peer-dead")];
    if (session.sinceSent < sendEvery) return [];
    session.sinceSent = 0;
    return [beat(id)];
  }

  /** Who is closed is forgotten: what else he sends counts no more. */
  function forgetClosed(actions: readonly ExpectedAction[]): readonly ExpectedAction[] {
    for (const action of actions) if (action.kind === "close") sessions.delete(action.session);
    return actions;
  }

  return {
    open: (): readonly number[] => [...sessions.keys()],
    addressOf: (id: number) => sessions.get(id)?.address,
    /** Gives the new session's id, which no session had before. */
    connect: (): number => {
      const id = connections++;
      sessions.set(id, { address: undefined, waited: 0, sinceSent: 0, sinceHeard: 0 });
      return id;
    },
    disconnect: (id: number): void => void sessions.delete(id),
    receive: (id: number, kinds: readonly ClientMessage[], source: string, lent: string | undefined): readonly ExpectedAction[] => {
      const actions: ExpectedAction[] = [];
      for (const kind of kinds) {
        const session = sessions.get(id);
        if (session !== undefined) actions.push(...forgetClosed(answer(id, session, kind, source, lent)));
      }
      return actions;
    },
    fromTun: (destination: string, wire: Wire): readonly ExpectedAction[] => {
      const [owner] = [...sessions].find(([, { address }]) => address === destination) ?? [];
      return [owner === undefined ? dropped("tun", "no-session") : sent(owner, wire)];
    },
    /** In any order. */
    tick: (elapsed: Millis): readonly ExpectedAction[] =>
      [...sessions].flatMap(([id, session]) => forgetClosed(pass(id, session, elapsed))),
    /** Whether somebody without an address would have waited for exactly `deadAfter`, where the checks leave the choice. */
    isOnTheEdge: (elapsed: Millis): boolean =>
      [...sessions.values()].some(({ address, waited }) => address === undefined && waited + elapsed === deadAfter),
  };
}

function remember<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
