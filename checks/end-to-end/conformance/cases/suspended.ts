import { setTimeout as delay } from "node:timers/promises";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { ConformanceCase } from "../case.ts";
import { sendHeartbeats } from "../client/heartbeats.ts";
import { heartbeat } from "../client/wire.ts";
import { deadAfter } from "./time-limits.ts";

const suspended: ConformanceCase = {
  id: "suspended",
  title: "A server that was stopped for a minute goes on: nobody is closed whose heartbeats wait, and no burst is sent",
  rule: "docs/protocol.md#heartbeat",
  why: "A machine that wakes up finds a minute gone. Clients whose heartbeats wait in the socket are alive; and heartbeats that were missed are not made up for.",
  pace: "suspended",
  run: async ({ client: newClient, ping, server, tell }) => {
    const client = await newClient("A");
    const stop = sendHeartbeats(client);
    try {
      await ping(client);
      tell("the", "server is stopped, as by Ctrl+Z; A sends a 104 every 10 s");
      server.process().suspend();
      await delay(deadAfter + 2000);
      tell("the", "server goes on");
      server.process().resume();
      for (let count = 0; count < 5; count++) {
        await ping(client);
        if ((await client.endsWithin(200)) !== undefined) throw new CheckFailure("A, whose heartbeats waited in the socket, was closed");
      }
      const burst = client.inbox.filter(({ type }) => type === heartbeat).length;
      if (burst > 1) throw new CheckFailure(`A got ${burst} heartbeats at once; at most one was due`);
    } finally {
      server.process().resume();
      stop();
    }
  },
};

export const suspendedCases: readonly ConformanceCase[] = [suspended];
