import type { Millis } from "#contract/vocabulary.ts";
import { beat, closed, dropped, type ExpectedAction, sent, written } from "./expected-action.ts";
import { type ClientMessage, packetFrom } from "./model-messages.ts";
import { grant, type Wire } from "./wire.ts";

/** One client, in plain numbers. */
type ModelSession = { address: string | undefined; waited: Millis; sinceSent: Millis; sinceHeard: Millis };

const sendEvery = 20_000;
const deadAfter = 60_000;

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
  };
}
