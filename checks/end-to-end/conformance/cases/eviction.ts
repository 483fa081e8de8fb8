import { CheckFailure } from "#checks/harness/check-failure.ts";
import { counted } from "#kit/counted.ts";
import type { ConformanceCase } from "../case.ts";
import { type Client, requestAddress } from "../client/client.ts";
import type { Peer } from "../client/peer.ts";
import { internetRequest, lyingMessage } from "../client/wire.ts";
import type { Exam } from "../exam.ts";
import { requireBetween } from "../time-limits.ts";
import { lendAgain, lendAll } from "./lend-all.ts";

const rule = "docs/protocol.md#heartbeat";

/** Waits for the server to give the peer up, and looks at the clock. `since`: when its time began. */
async function requireEviction(peer: Peer, since: number, { time }: Pick<Exam, "time">, what: string): Promise<void> {
  const { deadAfter, tooLate } = time;
  const expected = `the server to close ${what} after ${deadAfter / 1000} s`;
  const { at } = await peer.ended(expected, since + deadAfter + tooLate - performance.now());
  requireBetween(at - since, deadAfter, time, `${peer.name}, ${what}, was closed`);
}

/** A client that has its address, does something that does not count, and must be closed in time. */
function evicted(
  id: string,
  who: string,
  title: string,
  why: string,
  meanwhile: (client: Client, since: number, exam: Exam) => Promise<void>,
): ConformanceCase {
  return {
    id,
    title,
    rule,
    why,
    pace: "timing",
    run: async (exam) => {
      const client = await exam.client("A");
      const since = performance.now();
      await meanwhile(client, since, exam);
      await requireEviction(client, since, exam, who);
    },
  };
}

/** Does something again and again until the client's time has nearly come, or it is closed. */
async function repeatedly(
  client: Peer,
  since: number,
  { time: { deadAfter } }: Exam,
  times: number,
  work: () => Promise<unknown>,
): Promise<void> {
  for (let count = 1; count < times; count++) {
    if ((await client.endsWithin(since + (deadAfter * count) / times - performance.now())) !== undefined) return;
    await work();
  }
}

const silent = evicted(
  "silent-client",
  "a client that is silent",
  "A client that is silent for more than 60 s is closed, and not before",
  "A laptop that goes to sleep says nothing. Without this its address is lost until the server is started again.",
  async () => {},
);

const stalled = evicted(
  "stalled-client",
  "a client that stalls",
  "A client that has stopped in the middle of a message is closed after 60 s too",
  "Half a message must not keep a session: the read that waits for the rest never ends, and nobody looks at the clock.",
  async (client) => client.send(lyingMessage(1000, internetRequest, new Uint8Array(300)), "300 bytes of a 102 of 1000"),
);

const dataOnly = evicted(
  "data-is-no-heartbeat",
  "a client that sends data only",
  "A client that sends packets and no 104 is closed after 60 s",
  "Only a 104 counts as heard. Servers that count data too hide that a client sends no heartbeats, until it meets one that does not.",
  (client, since, exam) => repeatedly(client, since, exam, 12, () => exam.ping(client)),
);

const requestsOnly = evicted(
  "request-is-no-heartbeat",
  "a client that repeats its request",
  "A client that repeats its 100 and sends no 104 is closed after 60 s",
  "A repeated 100 gets the same answer and restarts no clock. Else a program that is caught in its first step keeps an address for ever.",
  (client, since, exam) => repeatedly(client, since, exam, 4, () => requestAddress(client)),
);

const neverAsks: ConformanceCase = {
  id: "never-asks",
  title: "A connection without an address is closed after 60 s, and is sent no heartbeat",
  rule,
  why: "Whoever connects and asks for nothing holds a descriptor. The heartbeat's clocks begin with the grant, so they never close it.",
  pace: "timing",
  run: async (exam) => {
    const peer = await exam.connect("A");
    await requireEviction(peer, performance.now(), exam, "a connection that asks for nothing");
    if (peer.inbox.length > 0) throw new CheckFailure("A asked for nothing and was sent something");
  },
};

const neverAsksButBeats: ConformanceCase = {
  id: "never-asks-but-beats",
  title: "A 104 before the first 100 does not extend the 60 s of a connection without an address",
  rule,
  why: "Else a client that never asks stays for ever.",
  pace: "timing",
  run: async (exam) => {
    const peer = await exam.connect("A");
    const since = performance.now();
    exam.keepAlive(peer);
    await requireEviction(peer, since, exam, "a connection that asks for nothing and sends heartbeats");
  },
};

const addressComesBack: ConformanceCase = {
  id: "silent-address-comes-back",
  title: "The address of a client that fell silent is lent again",
  rule: "docs/protocol.md#address-pool",
  why: "To close the connection is half of it. A server that forgets the address loses one each time a client's battery is empty.",
  pace: "timing",
  run: async (exam) => {
    const client = await exam.client("A");
    await requireEviction(client, performance.now(), exam, "a client that is silent");
    await exam.alone(async () => {
      const { clients } = await lendAll(exam);
      for (const each of clients) each.drop();
      if (!clients.some(({ address }) => address === client.address))
        throw new CheckFailure(
          `${client.address} was A's, and is not among the ${counted(clients.length, "address that is", "addresses that are")} lent until there are none`,
        );
      await lendAgain(exam, 1, "All clients have left");
    });
  },
};

export const evictionCases: readonly ConformanceCase[] = [
  silent,
  stalled,
  dataOnly,
  requestsOnly,
  neverAsks,
  neverAsksButBeats,
  addressComesBack,
];
