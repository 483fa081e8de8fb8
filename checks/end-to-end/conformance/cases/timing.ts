import { setTimeout as delay } from "node:timers/promises";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { type ConformanceCase, NotTested } from "../case.ts";
import type { Client } from "../client/client.ts";
import { requestAddress } from "../client/client.ts";
import { sendHeartbeats } from "../client/heartbeats.ts";
import type { Peer } from "../client/peer.ts";
import { heartbeat, internetRequest, lyingMessage, message } from "../client/wire.ts";
import { lendAgain, lendAll } from "./lend-all.ts";
import { deadAfter, requireBetween, sendEvery, tooLate } from "./time-limits.ts";

const rule = "docs/protocol.md#heartbeat";

function timing(id: string, title: string, why: string, run: ConformanceCase["run"]): ConformanceCase {
  return { id, title, rule, why, pace: "timing", run };
}

/** Waits for the server to give the peer up, and looks at the clock. `since`: when its time began. */
async function requireEviction(peer: Peer, since: Millis, what: string): Promise<void> {
  const { at } = await peer.ended(
    `the server to close ${what} after ${deadAfter / 1000} s`,
    deadAfter + tooLate - (performance.now() - since),
  );
  requireBetween(at - since, deadAfter, `${peer.name}, ${what}, was closed`);
}

const heartbeatSent = timing(
  "heartbeat-sent",
  "A client that has an address is sent a 104 every 20 s",
  "The client gives a server up that it does not hear for 60 s. Each client's time begins with its own grant, so that not all are due at once.",
  async ({ client: newClient }) => {
    const client = await newClient("A");
    sendHeartbeatsUntilEnd(client);
    let last = performance.now();
    for (const count of ["first", "second", "third"]) {
      const { at } = await client.next(`the ${count} heartbeat`, ({ type }) => type === heartbeat, sendEvery + tooLate);
      requireBetween(at - last, sendEvery, `the ${count} heartbeat came`);
      last = at;
    }
  },
);

/** The peer is dropped at the end of the case, and its timer holds nothing. */
function sendHeartbeatsUntilEnd(peer: Peer): void {
  const stop = sendHeartbeats(peer);
  void peer.endsWithin(2 * deadAfter).then(stop, stop);
}

const staysWithHeartbeats = timing(
  "heartbeats-keep",
  "A client that sends a 104 every 20 s stays, and is served all the time",
  "20 s between heartbeats and 60 s until death: two of three may be lost. A server that counts from the wrong moment closes clients that do everything right.",
  async ({ client: newClient, ping }) => {
    const client = await newClient("A");
    const since = performance.now();
    for (let next = sendEvery; next <= deadAfter; next += sendEvery) {
      await stays(client, since + next);
      client.send(message(heartbeat), "104 heartbeat");
      await ping(client);
    }
    await stays(client, since + deadAfter + 4000);
    await ping(client);
  },
);

async function stays(client: Client, until: number): Promise<void> {
  const ending = await client.endsWithin(until - performance.now());
  if (ending !== undefined) throw new CheckFailure(`${client.name}, which sends a heartbeat every ${sendEvery / 1000} s, was closed`);
}

const silentEvicted = timing(
  "silent-client",
  "A client that is silent for more than 60 s is closed, and not before",
  "A laptop that goes to sleep says nothing. Without this its address is lost until the server is started again.",
  async ({ client: newClient }) => {
    const client = await newClient("A");
    await requireEviction(client, performance.now(), "a client that is silent");
  },
);

const stalledEvicted = timing(
  "stalled-client",
  "A client that has stopped in the middle of a message is closed after 60 s too",
  "Half a message must not keep a session: the read that waits for the rest never ends, and nobody looks at the clock.",
  async ({ client: newClient }) => {
    const client = await newClient("A");
    const since = performance.now();
    client.send(lyingMessage(1000, internetRequest, new Uint8Array(300)), "300 bytes of a 102 of 1000");
    await requireEviction(client, since, "a client that stalls");
  },
);

const dataOnlyEvicted = timing(
  "data-is-no-heartbeat",
  "A client that sends packets and no 104 is closed after 60 s",
  "Only a 104 counts as heard. Programs differ here, and a client that works with one server is closed by the next; so the rule is kept by all.",
  async ({ client: newClient, ping }) => {
    const client = await newClient("A");
    const since = performance.now();
    while (performance.now() < since + deadAfter - 5000) {
      await ping(client);
      await client.endsWithin(4000);
      if (client.ending() !== undefined) break;
    }
    await requireEviction(client, since, "a client that sends data only");
  },
);

const requestsEvicted = timing(
  "request-is-no-heartbeat",
  "A client that repeats its 100 and sends no 104 is closed after 60 s",
  "A repeated 100 gets the same answer and restarts no clock. Else a program that is caught in its first step keeps an address for ever.",
  async ({ client: newClient }) => {
    const client = await newClient("A");
    const since = performance.now();
    for (let next = 18_000; next < deadAfter; next += 18_000) {
      await client.endsWithin(since + next - performance.now());
      if (client.ending() === undefined) await requestAddress(client);
    }
    await requireEviction(client, since, "a client that repeats its request");
  },
);

const neverAsks = timing(
  "never-asks",
  "A connection without an address is closed after 60 s, and is sent no heartbeat",
  "Whoever connects and asks for nothing holds a descriptor. The heartbeat's clocks begin with the grant, so they never close it.",
  async ({ connect }) => {
    const peer = await connect("A");
    await requireEviction(peer, performance.now(), "a connection that asks for nothing");
    if (peer.inbox.length > 0) throw new CheckFailure("A asked for nothing and was sent something");
  },
);

const heartbeatsWithoutAddress = timing(
  "never-asks-but-beats",
  "A 104 before the first 100 does not extend the 60 s of a connection without an address",
  "Else a client that never asks stays for ever.",
  async ({ connect }) => {
    const peer = await connect("A");
    const since = performance.now();
    sendHeartbeatsUntilEnd(peer);
    await requireEviction(peer, since, "a connection that asks for nothing and sends heartbeats");
  },
);

const evictedAddress = timing(
  "silent-address-comes-back",
  "The address of a client that fell silent is lent again",
  "To close the connection is half of it. A server that forgets the address loses one each time a client's battery is empty.",
  async (exam) => {
    const client = await exam.client("A");
    await requireEviction(client, performance.now(), "a client that is silent");
    await exam.alone(async () => {
      const { clients } = await lendAll(exam);
      for (const each of clients) each.drop();
      if (!clients.some(({ address }) => address === client.address))
        throw new CheckFailure(
          `${client.address} was A's, and is not among the ${clients.length} addresses that are lent until there are none`,
        );
      await lendAgain(exam, 1, "All clients have left");
    });
  },
);

const idle = timing(
  "idle",
  "A server with little to do uses little of the processor",
  "A TUN device or socket that is polled in a loop, without waiting, takes a whole processor when nothing happens.",
  async ({ client: newClient, server }) => {
    sendHeartbeatsUntilEnd(await newClient("A"));
    await delay(3000);
    const before = server.process().cpuTime();
    if (before === undefined) throw new NotTested("this system does not tell how much processor time a program uses (/proc)");
    const since = performance.now();
    await delay(45_000);
    const share = ((server.process().cpuTime() ?? 0) - before) / (performance.now() - since);
    if (share > mostIdle)
      throw new CheckFailure(
        `in 45 s, with a dozen clients that do next to nothing, the server used ${Math.round(share * 100)} % of a processor`,
      );
  },
);

/** Of one processor: a server that polls in a loop uses all of it. */
const mostIdle = 0.2;

export const timingCases: readonly ConformanceCase[] = [
  heartbeatSent,
  staysWithHeartbeats,
  silentEvicted,
  stalledEvicted,
  dataOnlyEvicted,
  requestsEvicted,
  neverAsks,
  heartbeatsWithoutAddress,
  evictedAddress,
  idle,
];
