import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { ConformanceCase } from "../case.ts";
import { type Client, preparePing, requestAddress, requireAnswer } from "../client/client.ts";
import { ipRequest, message } from "../client/wire.ts";
import type { Exam } from "../exam.ts";
import { requireOwnPackets } from "./expect-packets.ts";
import { lendAgain, lendAll, requireDistinct } from "./lend-all.ts";

const pool = "docs/protocol.md#address-pool";
const table = "docs/protocol.md#user-table";

/** All clients ping at the same time, again and again; each gets its own answers and nothing else. */
async function pingAllAtOnce(clients: readonly Client[], { site }: Pick<Exam, "site">, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const pings = clients.map((client) => ({ client, ping: preparePing(client, site.pingTarget(client.address)) }));
    for (const { client, ping } of pings) client.send(ping.request, "102 with a ping");
    for (const { client, ping } of pings)
      requireAnswer(client, ping, await client.next(`every ping of ${client.name} to be answered`, ping.isAnswer));
  }
  for (const client of clients) requireOwnPackets(client);
}

const twoClients: ConformanceCase = {
  id: "two-clients",
  title: "Two clients of one host have addresses of their own, and their traffic is kept apart",
  rule: table,
  why: "A server that knows its clients by the peer's IPv6 address alone takes two clients of one host for one.",
  run: async (exam) => {
    const clients = [await exam.client("A"), await exam.client("B")];
    requireDistinct(clients);
    await pingAllAtOnce(clients, exam, 20);
  },
};

const hundredClients: ConformanceCase = {
  id: "hundred-clients",
  title: "A hundred clients at once are all served, each with its own traffic",
  rule: table,
  why: "Tables of fixed size, select() with its 1024 descriptors, a look-up that compares with the wrong entry: all of that works with two clients.",
  run: async (exam) => {
    const peers = await Promise.all(Array.from({ length: 100 }, (_, index) => exam.connect(`A${index + 1}`)));
    const clients = await Promise.all(peers.map(requestAddress));
    requireDistinct(clients);
    await pingAllAtOnce(clients, exam, 5);
  },
};

const exhaustion: ConformanceCase = {
  id: "pool-exhausted",
  title: "Every address is lent once; who asks then is sent nothing and closed",
  rule: pool,
  why: "With an empty pool some servers lend garbage such as 1.0.0.0, or one address twice; and some lend the network's own first and last address.",
  freshServer: true,
  run: async (exam) => {
    const { clients, refused } = await lendAll(exam);
    const lent = clients.map(({ address }) => address);
    const own = exam.site.kernel?.deviceFor(lent[0] ?? "").address;
    const wrong = lent.find((address) => address === own || /\.(?:0|255)$/.test(address));
    if (wrong !== undefined)
      throw new CheckFailure(`${wrong} was lent`, [
        {
          kind: "note",
          text: wrong === own ? "It is the server's own address." : "It is the network's own address, or the broadcast address.",
        },
      ]);
    if (refused.inbox.length > 0) throw new CheckFailure(`${refused.name} got no address and was sent a message all the same`);
    const [first, last] = [clients[0], clients.at(-1)];
    if (first !== undefined) await exam.ping(first);
    if (last !== undefined) await exam.ping(last);
    for (const client of clients) client.drop();
    await lendAgain(exam, 1, "All clients have left");
  },
};

const recovery: ConformanceCase = {
  id: "address-comes-back",
  title: "When the pool is empty and a client leaves, the next one gets its address",
  rule: pool,
  why: "Two public servers never take an address back: they have none left at connection 101, and only a restart helps.",
  freshServer: true,
  run: async (exam) => {
    const { clients } = await lendAll(exam);
    for (const how of ["finish", "reset"] as const) {
      const leaver = clients[how === "finish" ? 0 : 1];
      if (leaver === undefined) throw new CheckFailure("the server lends fewer than two addresses");
      leaver[how]();
      const [heir] = await lendAgain(exam, 1, `${leaver.name} has left`);
      if (heir?.address !== leaver.address)
        throw new CheckFailure(`the only free address is ${leaver.address}, and ${heir?.address} was lent`);
      await exam.ping(heir);
      requireOwnPackets(heir);
    }
    for (const client of clients) client.drop();
    await lendAgain(exam, 1, "All clients have left");
  },
};

const churn: ConformanceCase = {
  id: "connects-and-resets",
  title: "After 300 connections that were reset, no address is lost",
  rule: pool,
  why: "Each way out must give the address back: a FIN, a reset, a reset while the 101 is on its way. A leak on one of them is found by the first bad network.",
  freshServer: true,
  run: async (exam) => {
    const before = await lendAll(exam);
    for (const client of before.clients) client.drop();
    for (let round = 0; round < 30; round++) {
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const peer = await exam.connect(`E${round * 10 + index + 1}`);
          // Some are gone before the server has answered, some after, some without having asked.
          if (index % 3 === 1) await requestAddress(peer);
          if (index % 3 === 2) peer.send(message(ipRequest), "100 ip-request");
          await peer.flushed();
          peer.reset();
        }),
      );
      await exam.othersServed();
    }
    const again = await lendAgain(exam, before.clients.length, "300 connections have come and gone");
    requireDistinct(again);
    for (const client of again) client.drop();
    await lendAgain(exam, 1, "All clients have left");
  },
};

export const addressCases: readonly ConformanceCase[] = [twoClients, hundredClients, exhaustion, recovery, churn];
