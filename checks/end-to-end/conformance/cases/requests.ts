import { CheckFailure } from "#checks/harness/check-failure.ts";
import { concat } from "#kit/bytes.ts";
import type { ConformanceCase } from "../case.ts";
import { requestAddress } from "../client/client.ts";
import { echoRequest } from "../client/packets.ts";
import { heartbeat, internetRequest, ipRequest, ipResponse, message } from "../client/wire.ts";

const tolerances = "docs/protocol.md#tolerances";
const table = "docs/protocol.md#user-table";

const packetBeforeRequest: ConformanceCase = {
  id: "packet-before-request",
  title: "A 102 before the first 100 is dropped, and the client can still ask",
  rule: tolerances,
  why: "There is no address yet that it could come from. Servers that look up user -1 crash here.",
  run: async ({ connect, ping }) => {
    const peer = await connect("A");
    const packet = echoRequest("13.8.0.2", "198.51.100.2", { identifier: 1, sequence: 1 }, new Uint8Array(56));
    peer.send(message(internetRequest, packet), "102, before any 100");
    await ping(await requestAddress(peer));
  },
};

const heartbeatBeforeRequest: ConformanceCase = {
  id: "heartbeat-before-request",
  title: "A 104 before the first 100 is dropped, and the client can still ask",
  rule: tolerances,
  why: "There is no user yet whose time it could be. Servers that look up user -1 crash here.",
  run: async ({ connect, ping }) => {
    const peer = await connect("A");
    peer.send(message(heartbeat), "104 heartbeat, before any 100");
    await ping(await requestAddress(peer));
  },
};

const secondRequest: ConformanceCase = {
  id: "second-request",
  title: "A second 100 on a connection gets the same address again",
  rule: tolerances,
  why: "The first answer may not have been understood. Servers that lend a second address leak the first: it comes back to nobody.",
  run: async ({ client: newClient, ping }) => {
    const client = await newClient("A");
    const again = await requestAddress(client);
    if (again.address !== client.address)
      throw new CheckFailure("A asked twice and holds two addresses", [
        { kind: "expected", text: `expected  ${client.address}, as the first time` },
        { kind: "got", text: `got       ${again.address}` },
      ]);
    await ping(again);
  },
};

const manyRequests: ConformanceCase = {
  id: "many-requests",
  title: "A client that asks 300 times holds one address",
  rule: table,
  why: "A server that lends one more for each 100 is emptied by one client that repeats itself.",
  run: async ({ client: newClient }) => {
    const client = await newClient("A");
    client.send(concat(...Array.from({ length: 300 }, () => message(ipRequest))), "100 ip-request, 300 times");
    for (let count = 1; count <= 300; count++) {
      const { data } = await client.next(`answer ${count} of 300`, ({ type }) => type === ipResponse);
      const text = Buffer.from(data).toString("latin1");
      if (text !== client.grant)
        throw new CheckFailure(`answer ${count} of 300 is another one`, [
          { kind: "expected", text: `expected  ${JSON.stringify(client.grant)}` },
          { kind: "got", text: `got       ${JSON.stringify(text)}` },
        ]);
    }
  },
};

export const requestCases: readonly ConformanceCase[] = [packetBeforeRequest, heartbeatBeforeRequest, secondRequest, manyRequests];
