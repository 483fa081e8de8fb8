import { setTimeout as delay } from "node:timers/promises";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { counted } from "#kit/counted.ts";
import { type Client, readGrant } from "../client/client.ts";
import type { Peer } from "../client/peer.ts";
import { ipRequest, ipResponse, message } from "../client/wire.ts";
import type { Exam } from "../exam.ts";
import { NotTested } from "../not-tested.ts";

/** A pool that is larger cannot be exhausted here: each address needs a connection. */
const mostClients = 600;

const atOnce = 20;

/** How often a client asks again while addresses are on their way back. */
const askAgainAfter = 20;

type Lent = {
  readonly clients: readonly Client[];
  /** The one that got no address. */
  readonly refused: Peer;
};

/** Connects clients until one gets no address. Each must be lent another one. A pool that is too large cannot be tested. */
export async function lendAll({ connect, patience }: Exam): Promise<Lent> {
  const clients: Client[] = [];
  let refused: Peer | undefined;
  while (refused === undefined) {
    if (clients.length > mostClients) throw new NotTested(`the server still lends addresses after ${mostClients} clients`);
    const peers = await Promise.all(Array.from({ length: atOnce }, (_, index) => connect(`C${clients.length + index + 1}`)));
    for (const peer of peers) {
      const client = await ask(peer, patience);
      if (client === undefined) refused ??= peer;
      else clients.push(client);
    }
    requireDistinct(clients);
  }
  return { clients, refused };
}

/** Fails when two clients that are connected hold one address. */
export function requireDistinct(clients: readonly Client[]): void {
  const holders = new Map<string, string>();
  for (const { name, address } of clients.filter(({ ending }) => ending() === undefined)) {
    const other = holders.get(address);
    if (other !== undefined) throw new CheckFailure(`${name} and ${other} were both lent ${address}`);
    holders.set(address, name);
  }
}

/** The client that the peer has become, or `undefined` when the server has closed the connection instead. */
async function ask(peer: Peer, patience: number): Promise<Client | undefined> {
  peer.send(message(ipRequest), "100 ip-request");
  // Left in the inbox, for readGrant.
  const answer = await peer.perhaps(({ type }) => type === ipResponse, patience);
  if (answer !== undefined) {
    peer.inbox.unshift(answer);
    return readGrant(peer);
  }
  await peer.ended("the server to lend an address, or to close the connection");
  return undefined;
}

/** Connects until so many clients hold an address. They may come back a moment after their connections have ended, not later. */
export async function lendAgain({ connect, patience }: Exam, wanted: number, why: string): Promise<readonly Client[]> {
  const clients: Client[] = [];
  const until = performance.now() + patience;
  while (clients.length < wanted) {
    const client = await ask(await connect(`D${clients.length + 1}`), patience);
    if (client !== undefined) clients.push(client);
    else if (performance.now() > until)
      throw new CheckFailure(`${why}: ${clients.length} of ${counted(wanted, "address", "addresses")} can be lent again`);
    else await delay(askAgainAfter);
  }
  return clients;
}
