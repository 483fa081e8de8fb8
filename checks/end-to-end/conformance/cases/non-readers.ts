import { CheckFailure } from "#checks/harness/check-failure.ts";
import { equalBytes } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import type { ConformanceCase } from "../case.ts";
import { type Client, preparePing } from "../client/client.ts";
import { readUdp } from "../client/packets.ts";
import type { Exam } from "../exam.ts";
import { NotTested } from "../not-tested.ts";

const rule = "docs/protocol.md#the-server";

const burst = 200;
const datagramLength = 1400;
/** More than the buffers of both systems hold together: after that a server that writes to the end of a message waits for ever. */
const enough = 12_000_000;

/** Each datagram says its number, so that one that is damaged or comes twice is known. */
function numbered(number: number): Uint8Array {
  const datagram = Buffer.alloc(datagramLength, number & 0xff);
  datagram.writeUInt32BE(number, 0);
  return datagram;
}

async function overwhelm(
  client: Client,
  { deliver, othersServed }: Pick<Exam, "deliver" | "othersServed">,
  bytes = enough,
): Promise<number> {
  let sent = 0;
  while (sent * datagramLength < bytes) {
    await deliver(
      client,
      Array.from({ length: burst }, (_, index) => numbered(sent + index)),
    );
    sent += burst;
    await othersServed();
  }
  return sent;
}

const readsNothing: ConformanceCase = {
  id: "reads-nothing",
  title: "A client that reads nothing holds up nobody, however much waits for it",
  rule,
  why: "When its buffers are full, a blocking send waits for this one client. Eight of nine public servers stop for everybody then.",
  run: async ({ client: newClient, tell, ...exam }) => {
    const client = await newClient("A");
    client.stopReading();
    const sent = await overwhelm(client, exam);
    tell("in all", `${counted(sent, "packet")}, ${Math.round((sent * datagramLength) / 1024 / 1024)} MB, were sent to A`);
  },
};

const megabyte = 2 ** 20;

/** So much is sent to see whether the server keeps it; so much more memory it may take for other reasons. */
const flooded = 48 * megabyte;
const mostKept = 24 * megabyte;

const keepsNothing: ConformanceCase = {
  id: "slow-client-memory",
  title: "What waits for a client that reads nothing is bounded",
  rule,
  why: "A server that keeps everything for a client that does not read is out of memory after a download that nobody wants, and ends for all.",
  run: async ({ client: newClient, server, tell, ...exam }) => {
    const client = await newClient("A");
    client.stopReading();
    // At first a server takes memory for its own work.
    await overwhelm(client, exam, 2 * enough);
    const before = server.process().memory();
    if (before === undefined) throw new NotTested("this system does not tell how much memory a program holds (/proc)");
    await overwhelm(client, exam, flooded);
    const kept = (server.process().memory() ?? 0) - before;
    tell("server", `holds ${Math.round(kept / megabyte)} MB more, after ${flooded / megabyte} MB for A`);
    if (kept > mostKept)
      throw new CheckFailure(
        `A reads nothing, and the server keeps what is sent to it: ${Math.round(kept / megabyte)} MB of ${flooded / megabyte}`,
      );
  },
};

const readsAgain: ConformanceCase = {
  id: "reads-again",
  title: "A client that reads again after a while gets whole messages, and loses packets only",
  rule,
  why: "A server that drops the part of a message that did not fit any more leaves a stream that cannot be read: what waits is dropped in whole messages.",
  run: async ({ client: newClient, ping, patience, site, ...exam }) => {
    const client = await newClient("A");
    client.stopReading();
    await overwhelm(client, exam);
    client.readAgain();
    await answeredAtLast(client, site.pingTarget(client.address), patience);
    let last = -1;
    for (const { data } of client.inbox) {
      const datagram = readUdp(data);
      if (datagram?.length !== datagramLength) continue;
      const number = Buffer.from(datagram).readUInt32BE(0);
      if (!equalBytes(datagram, numbered(number))) throw new CheckFailure(`the packet that begins as number ${number} is damaged`);
      if (number <= last) throw new CheckFailure(`packet ${number} came after packet ${last}`);
      last = number;
    }
    if (last < 0) throw new CheckFailure("A reads again, and got none of the packets that were sent to it");
    await ping(client);
  },
};

/** While the server still drops what is for this client, the answers to its pings are dropped too: it pings until one comes. */
async function answeredAtLast(client: Client, to: string, patience: number): Promise<void> {
  const attempts = 20;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const ping = preparePing(client, to);
    client.send(ping.request, attempt === 0 ? "pings, until one is answered" : "");
    if ((await client.perhaps(ping.isAnswer, patience / attempts)) !== undefined) return;
  }
  await client.next("A, which reads again, to get answers to its pings again", () => false, 1);
}

export const nonReaderCases: readonly ConformanceCase[] = [readsNothing, keepsNothing, readsAgain];
