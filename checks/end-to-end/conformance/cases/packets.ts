import { CheckFailure } from "#checks/harness/check-failure.ts";
import { seededRandom } from "#devices/seeded-random.ts";
import { concat, equalBytes } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import type { ConformanceCase } from "../case.ts";
import { preparePing, requireAnswer } from "../client/client.ts";
import { readEcho, readUdp, udpPacket } from "../client/packets.ts";
import { internetRequest, longestMessage, message, messageHeader } from "../client/wire.ts";
import { requireOwnPackets } from "./expect-packets.ts";

const toTun = "docs/protocol.md#client-to-tun";
const toClient = "docs/protocol.md#tun-to-client";

const latencyPings = 60;
const slowestQuick = 30;

const pingLatency: ConformanceCase = {
  id: "ping-latency",
  title: "A ping does not wait 40 ms: Nagle's algorithm is off",
  rule: "docs/protocol.md#the-server",
  why: "Header and data in two writes, with Nagle's algorithm on: the second waits for the acknowledgement of the first, which the client delays by 40 ms.",
  run: async ({ client: newClient, ping }) => {
    const client = await newClient("A");
    const times: number[] = [];
    for (let count = 0; count < latencyPings; count++) times.push(await ping(client));
    // At first the client's system acknowledges at once; and a busy machine makes some pings slow, but not most.
    const later = times.slice(latencyPings / 2).toSorted((a, b) => a - b);
    const typical = later[Math.floor(later.length / 4)] ?? 0;
    if (typical > slowestQuick)
      throw new CheckFailure(`three of four pings took ${typical.toFixed(1)} ms or more`, [
        { kind: "expected", text: "expected  a few milliseconds at most, through a server on the same host" },
        { kind: "got", text: `got       ${later.map((time) => time.toFixed(0)).join(" ")} ms` },
      ]);
  },
};

const fullSize: ConformanceCase = {
  id: "full-size-packets",
  title: "Packets of every size, up to the device's MTU, pass whole in both directions",
  rule: toClient,
  why: "A packet read from the TUN in two reads loses its rest; a buffer that is a little too small cuts the large ones. Small pings work then, and web pages hang.",
  run: async ({ client: newClient, ping, deliver, site }) => {
    const client = await newClient("A");
    const mtu = Math.min(site.kernel?.deviceFor(client.address).mtu ?? 1500, longestMessage - messageHeader);
    for (const length of [28, 29, 84, 576, 1280, 1400, mtu - 1, mtu].filter((each) => each <= mtu)) await ping(client, { length });
    const payload = Uint8Array.from({ length: mtu - 28 }, (_, index) => (index * 31) & 0xff);
    await deliver(client, [payload]);
    await client.next(`a packet of ${mtu} bytes to come as one 103`, ({ data }) => equalBytes(readUdp(data) ?? data, payload));
  },
};

const manyPackets: ConformanceCase = {
  id: "many-packets",
  title: "Under load every packet comes whole, once, in order, in a message of its own",
  rule: "docs/protocol.md#messages",
  why: "Several TUN packets in one 103, messages of two threads that mix, several readers of one TUN that overtake each other: all of them show only when there is something to do.",
  run: async ({ client: newClient, site, seed }) => {
    const random = seededRandom(seed);
    const client = await newClient("A");
    for (let round = 0; round < 20; round++) {
      const sizes = Array.from({ length: 32 }, () => 28 + Math.floor(random() * 1300));
      const pings = sizes.map((length) => preparePing(client, site.pingTarget(client.address), length));
      client.send(concat(...pings.map(({ request }) => request)), "32 pings of different sizes in one write");
      for (const [index, ping] of pings.entries()) {
        const answer = await client.next(`ping ${index + 1} of 32 to be answered`, ({ data }) => readEcho(data)?.isReply === true);
        if (!ping.isAnswer(answer)) throw new CheckFailure(`expected the answer to ping ${index + 1} of 32, but another one came first`);
        requireAnswer(client, ping, answer);
      }
    }
  },
};

const burstToClient: ConformanceCase = {
  id: "burst-to-client",
  title: "A burst of packets for one client arrives complete and in order",
  rule: toClient,
  why: "A TUN hands out one packet a read. A server that reads once each time it is woken falls behind, and the kernel drops what it does not fetch.",
  run: async ({ client: newClient, deliver }) => {
    const client = await newClient("A");
    const datagrams = Array.from({ length: 100 }, (_, index) =>
      Uint8Array.from({ length: 40 + index * 12 }, (_, at) => (at + index) & 0xff),
    );
    await deliver(client, datagrams);
    for (const [index, datagram] of datagrams.entries()) {
      const { data } = await client.next(`packet ${index + 1} of 100 to come`, ({ data }) => readUdp(data) !== undefined);
      if (!equalBytes(readUdp(data) ?? data, datagram))
        throw new CheckFailure(
          `packet ${index + 1} of 100 is not what was sent: ${counted(data.length, "byte")}, expected ${datagram.length + 28}`,
        );
    }
  },
};

const betweenClients: ConformanceCase = {
  id: "client-to-client",
  title: "A packet from one client to another arrives",
  rule: toTun,
  why: "The server does not look at the destination: the network behind it routes, also back into the tunnel.",
  run: async ({ client: newClient, requireRouting }) => {
    requireRouting();
    const [sender, receiver] = [await newClient("A"), await newClient("B")];
    const packet = udpPacket(sender.address, receiver.address, 9, new TextEncoder().encode("from A to B"));
    sender.send(message(internetRequest, packet), `102 for ${receiver.address}, which is B's`);
    await receiver.next("B to get A's packet", ({ data }) => Buffer.from(data).includes("from A to B"));
  },
};

const forNobody: ConformanceCase = {
  id: "packet-for-nobody",
  title: "A packet from the network for an address that nobody holds is dropped",
  rule: toClient,
  why: "The network still has packets for those who have left. A look-up that finds nobody must not give user -1.",
  run: async ({ client: newClient, ping, requireRouting }) => {
    requireRouting();
    const client = await newClient("A");
    const nobody = client.address.replace(/\d+$/, "249");
    client.send(
      message(internetRequest, udpPacket(client.address, nobody, 9, new Uint8Array(32))),
      `102 for ${nobody}, which is lent to nobody`,
    );
    await ping(client);
    requireOwnPackets(client);
  },
};

export const packetCases: readonly ConformanceCase[] = [pingLatency, fullSize, manyPackets, burstToClient, betweenClients, forNobody];
