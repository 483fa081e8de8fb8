import { CheckFailure } from "#checks/harness/check-failure.ts";
import { concat } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import type { ConformanceCase } from "../case.ts";
import { preparePing, readGrant } from "../client/client.ts";
import { heartbeat, internetRequest, internetResponse, ipRequest, ipResponse, lyingMessage, message } from "../client/wire.ts";

const tolerances = "docs/protocol.md#tolerances";

/** Sends a variant of message 100; the answer must be a 101 as ever. */
function oddRequest(id: string, bytes: Uint8Array, words: string, title: string, why: string): ConformanceCase {
  return {
    id,
    title,
    rule: tolerances,
    why,
    run: async ({ connect, ping }) => {
      const peer = await connect("A");
      peer.send(bytes, words);
      await ping(await readGrant(peer));
    },
  };
}

/** Sends something in front of a ping; the connection must stay, and the ping must be found. */
function harmless(id: string, bytes: Uint8Array, words: string, title: string, why: string): ConformanceCase {
  return {
    id,
    title,
    rule: tolerances,
    why,
    run: async ({ client: newClient, ping }) => {
      const client = await newClient("A");
      client.send(bytes, words);
      await ping(client);
    },
  };
}

/** Data that would be a framing error if it were taken for messages. */
const lethalData = concat(...Array.from({ length: 9 }, () => lyingMessage(-1, internetRequest)));

const wrongDirection: ConformanceCase = {
  id: "wrong-direction",
  title: "A 101 or 103 from a client is ignored",
  rule: tolerances,
  why: "They only make sense from a server. One that treats a 103 as a 102 forwards what no client may send this way.",
  run: async ({ client: newClient, site, ping }) => {
    const client = await newClient("A");
    const backwards = preparePing(client, site.pingTarget(client.address));
    client.send(message(ipResponse, new TextEncoder().encode("13.8.0.99 0.0.0.0 1.1.1.1 1.1.1.1 1.1.1.1")), "101 ip-response");
    client.send(message(internetResponse, backwards.packet), "103 internet-response with a ping");
    await ping(client);
    if (client.inbox.some(backwards.isAnswer)) throw new CheckFailure("the ping that came in a 103 was answered: it went to the network");
  },
};

const heartbeatUnanswered: ConformanceCase = {
  id: "heartbeat-not-answered",
  title: "A 104 is not answered by a 104",
  rule: "docs/protocol.md#heartbeat",
  why: "Each side sends by its own clock. Two programs that answer each other's heartbeats never stop.",
  run: async ({ client: newClient, ping }) => {
    const client = await newClient("A");
    client.send(concat(...Array.from({ length: 10 }, () => message(heartbeat))), "104 heartbeat, ten times");
    await ping(client);
    const answers = client.inbox.filter(({ type }) => type === heartbeat).length;
    if (answers > 0) throw new CheckFailure(`A got ${counted(answers, "heartbeat")} at once, and none was due`);
  },
};

export const toleranceCases: readonly ConformanceCase[] = [
  oddRequest(
    "short-request",
    lyingMessage(0, ipRequest),
    "100 ip-request whose length says 0",
    "A 100 whose length says 0 is accepted as a header alone",
    "Several public clients forget to set the length, or count the data only.",
  ),
  oddRequest(
    "request-with-data",
    message(ipRequest, lethalData),
    `100 ip-request with ${lethalData.length} bytes of data`,
    "A 100 with data is accepted, and the data thrown away",
    "Some programs send their whole structure. A server that leaves the data in the stream takes it for the next message.",
  ),
  harmless(
    "short-heartbeat",
    concat(lyingMessage(0, heartbeat), lyingMessage(4, heartbeat)),
    "104 heartbeat whose length says 0, and one whose length says 4",
    "A 104 whose length says 0 to 4 is accepted as a header alone",
    "Several public clients forget to set the length, or count the data only.",
  ),
  harmless(
    "heartbeat-with-data",
    message(heartbeat, lethalData),
    `104 heartbeat with ${lethalData.length} bytes of data`,
    "A 104 with data is accepted, and the data thrown away",
    "Some programs send their whole structure. A server that leaves the data in the stream takes it for the next message.",
  ),
  harmless(
    "unknown-type",
    message(42, lethalData),
    `a message of type 42 with ${lethalData.length} bytes of data`,
    "A message of an unknown type is skipped with its data, and the connection stays",
    "A newer peer may know more types. A server that skips only the header reads the data as messages, and loses the stream.",
  ),
  wrongDirection,
  heartbeatUnanswered,
];
