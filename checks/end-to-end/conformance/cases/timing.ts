import { setTimeout as delay } from "node:timers/promises";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { ConformanceCase } from "../case.ts";
import type { Client } from "../client/client.ts";
import { heartbeat, message } from "../client/wire.ts";
import { NotTested } from "../not-tested.ts";
import { requireBetween } from "../time-limits.ts";

const rule = "docs/protocol.md#heartbeat";

const heartbeatSent: ConformanceCase = {
  id: "heartbeat-sent",
  title: "A client that has an address is sent a 104 every 20 s",
  rule,
  why: "The client gives a server up that it does not hear for 60 s. Each client's time begins with its own grant, so that not all are due at once.",
  pace: "timing",
  run: async ({ client: newClient, keepAlive, time }) => {
    const client = await newClient("A");
    let last = performance.now();
    keepAlive(client);
    for (const count of ["first", "second", "third"]) {
      const within = time.sendEvery + time.tooLate;
      const { at } = await client.next(`the ${count} heartbeat`, ({ type }) => type === heartbeat, within);
      requireBetween(at - last, time.sendEvery, time, `the ${count} heartbeat came`);
      last = at;
    }
  },
};

const heartbeatsKeep: ConformanceCase = {
  id: "heartbeats-keep",
  title: "A client that sends a 104 every 20 s stays, and is served all the time",
  rule,
  why: "20 s between heartbeats and 60 s until death: two of three may be lost. A server that counts from the wrong moment closes clients that do everything right.",
  pace: "timing",
  run: async ({ client: newClient, ping, time: { sendEvery, deadAfter } }) => {
    const client = await newClient("A");
    const since = performance.now();
    for (let next = sendEvery; next <= deadAfter; next += sendEvery) {
      await requireOpen(client, since + next);
      client.send(message(heartbeat), "104 heartbeat");
      await ping(client);
    }
    await requireOpen(client, since + deadAfter + sendEvery / 5);
    await ping(client);
  },
};

async function requireOpen(client: Client, until: number): Promise<void> {
  const ending = await client.endsWithin(until - performance.now());
  if (ending !== undefined) throw new CheckFailure(`${client.name}, which sends its heartbeats, was closed`);
}

/** Of one processor: a server that polls in a loop uses all of it. */
const mostIdle = 0.2;

const idle: ConformanceCase = {
  id: "idle",
  title: "A server with little to do uses little of the processor",
  rule: "docs/protocol.md#the-server",
  why: "A TUN device or socket that is polled in a loop, without waiting, takes a whole processor when nothing happens.",
  pace: "timing",
  run: async ({ client: newClient, keepAlive, server, time: { deadAfter } }) => {
    keepAlive(await newClient("A"));
    await delay(deadAfter / 20);
    const before = server.process().cpuTime();
    if (before === undefined) throw new NotTested("this system does not tell how much processor time a program uses (/proc)");
    const since = performance.now();
    await delay(deadAfter * 0.75);
    const share = ((server.process().cpuTime() ?? 0) - before) / (performance.now() - since);
    if (share > mostIdle)
      throw new CheckFailure(`with a dozen clients that do next to nothing, the server used ${Math.round(share * 100)} % of a processor`);
  },
};

const suspended: ConformanceCase = {
  id: "suspended",
  title: "A server that was stopped for a minute closes nobody whose heartbeats wait, and sends no burst",
  rule,
  why: "A machine that wakes up finds a minute gone. Clients whose heartbeats wait in the socket are alive; and heartbeats that were missed are not made up for.",
  pace: "suspended",
  run: async ({ client: newClient, keepAlive, ping, server, tell, time: { deadAfter } }) => {
    const client = await newClient("A");
    keepAlive(client);
    await ping(client);
    tell("server", "is stopped, as by Ctrl+Z; A goes on sending heartbeats");
    server.process().suspend();
    await delay(deadAfter * 1.03);
    tell("server", "goes on");
    server.process().resume();
    for (let count = 0; count < 5; count++) {
      await ping(client);
      await requireOpen(client, performance.now() + deadAfter / 300);
    }
    const burst = client.inbox.filter(({ type }) => type === heartbeat).length;
    if (burst > 1) throw new CheckFailure(`A got ${burst} heartbeats at once; at most one was due`);
  },
};

export const timingCases: readonly ConformanceCase[] = [heartbeatSent, heartbeatsKeep, idle, suspended];
