import type { Ipv4Address, SessionId } from "#contract/vocabulary.ts";

/** What passed in one direction. Bytes are those of the packets, without the messages' headers. */
export type Traffic = { packets: number; bytes: number };

/** Somebody is connected. */
export type User = {
  readonly session: SessionId;
  /** `[2001:db8::7]:51234` */
  readonly peer: string;
  address: Ipv4Address | undefined;
  readonly fromClient: Traffic;
  readonly toClient: Traffic;
  /** How many of its packets and messages were thrown away. */
  losses: number;
  /** When it connected, and when bytes last came from it: milliseconds by the observer's clock. */
  readonly connectedAt: number;
  heardAt: number;
};

export function createUser(session: SessionId, peer: string, now: number): User {
  const traffic = { fromClient: noTraffic(), toClient: noTraffic() };
  return { session, peer, address: undefined, ...traffic, losses: 0, connectedAt: now, heardAt: now };
}

export function noTraffic(): Traffic {
  return { packets: 0, bytes: 0 };
}

export function addPacket(traffic: Traffic, bytes: number): void {
  traffic.packets += 1;
  traffic.bytes += bytes;
}
