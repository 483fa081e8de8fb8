import { CheckFailure } from "#checks/harness/check-failure.ts";
import { seededRandom } from "#devices/seeded-random.ts";
import { concat, equalBytes, fromHex } from "#kit/bytes.ts";
import type { ConformanceCase } from "../case.ts";
import { preparePing, requireAnswer } from "../client/client.ts";
import { echoRequest, readEcho, readUdp, udpPacket } from "../client/packets.ts";
import { internetRequest, longestMessage, message, messageHeader, type ServerMessage } from "../client/wire.ts";
import { requireNothingFor, requireOwnPackets } from "./expect-packets.ts";

const toTun = "docs/protocol.md#client-to-tun";
const toClient = "docs/protocol.md#tun-to-client";

/** What a kernel sends into a TUN device as soon as it is up: an IPv6 router solicitation, as it was captured. */
const routerSolicitation = fromHex("6000000000083aff fe800000000000005a946f7b46c73534 ff020000000000000000000000000002 8500372c00000000");

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
        throw new CheckFailure(`packet ${index + 1} of 100 is not what was sent: ${data.length} bytes, expected ${datagram.length + 28}`);
    }
  },
};

const spoofedNeighbour: ConformanceCase = {
  id: "spoofed-neighbour",
  title: "A client cannot send with another client's address",
  rule: toTun,
  why: "Without a look at the source address one client speaks as another, and the answers go to that other. No public server that could be tested looks.",
  run: async ({ client: newClient, ping, site }) => {
    const victim = await newClient("B");
    const client = await newClient("A");
    const forged = preparePing(victim, site.pingTarget(victim.address));
    client.send(forged.request, `102 with a ping from ${victim.address}, which is B's`);
    await ping(client);
    await ping(victim);
    if (victim.inbox.some(forged.isAnswer)) throw new CheckFailure("B got the answer to a ping that A sent in its name");
  },
};

const spoofedStranger: ConformanceCase = {
  id: "spoofed-stranger",
  title: "A client cannot send with an address that nobody was lent",
  rule: toTun,
  why: "Packets from made-up addresses are what attacks are made of (RFC 2827). The only source that a client may use is the address that it was lent.",
  run: async ({ client: newClient, ping, deliver }) => {
    const receiver = await newClient("B");
    const client = await newClient("A");
    const forged = udpPacket("192.0.2.66", receiver.address, 9, new TextEncoder().encode("from nowhere"));
    client.send(message(internetRequest, forged), `102 from 192.0.2.66, for ${receiver.address}`);
    await ping(client);
    await requireNothingFor(receiver, { deliver }, "a packet from 192.0.2.66, which A sent", (packet) => packet.includes("from nowhere"));
  },
};

const betweenClients: ConformanceCase = {
  id: "client-to-client",
  title: "A packet from one client to another arrives",
  rule: toTun,
  why: "The server does not look at the destination: the network behind it routes, also back into the tunnel.",
  run: async ({ client: newClient }) => {
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
  run: async ({ client: newClient, ping }) => {
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

/** Packets that are none, in 102s. */
const malformed: readonly (readonly [what: string, packet: (address: string) => Uint8Array])[] = [
  ["no data at all", () => new Uint8Array(0)],
  ["one byte", () => Uint8Array.of(0x45)],
  ["19 bytes", (from) => udpPacket(from, "198.51.100.2", 9, new Uint8Array(8)).subarray(0, 19)],
  ["a packet that is cut", (from) => udpPacket(from, "198.51.100.2", 9, new Uint8Array(80)).subarray(0, 60)],
  ["a header of 4 words", (from) => changed(udpPacket(from, "198.51.100.2", 9, new Uint8Array(8)), 0, 0x44)],
  ["a header of 15 words in 36 bytes", (from) => changed(udpPacket(from, "198.51.100.2", 9, new Uint8Array(8)), 0, 0x4f)],
  ["a total length of 0", (from) => changed(udpPacket(from, "198.51.100.2", 9, new Uint8Array(8)), 3, 0)],
  ["version 15", (from) => changed(udpPacket(from, "198.51.100.2", 9, new Uint8Array(8)), 0, 0xf5)],
];

function changed(bytes: Uint8Array, offset: number, value: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[offset] = value;
  return copy;
}

const malformedPackets: ConformanceCase = {
  id: "malformed-packets",
  title: "A 102 whose data is not one whole IPv4 packet is dropped, and the connection stays",
  rule: toTun,
  why: "A server that reads the source address from offset 12 of a packet of 5 bytes reads somebody else's memory; the kernel refuses a write of no bytes with an error that some servers die of.",
  run: async ({ client: newClient, ping }) => {
    const client = await newClient("A");
    for (const [what, packet] of malformed) {
      client.send(message(internetRequest, packet(client.address)), `102 with ${what}`);
      await ping(client);
    }
  },
};

const paddedPacket: ConformanceCase = {
  id: "padded-packet",
  title: "A 102 with bytes behind its packet is dropped",
  rule: toTun,
  why: "Padding has no place in a message. Bytes behind the packet mean that sender and server do not agree on where things begin: often a length that is three bytes too long.",
  run: async ({ client: newClient, site, ping }) => {
    const client = await newClient("A");
    const padded = preparePing(client, site.pingTarget(client.address));
    client.send(message(internetRequest, concat(padded.packet, new Uint8Array(3))), "102 with a ping and three bytes behind it");
    await ping(client);
    const withoutPadding = (each: ServerMessage) => ({ ...each, data: each.data.subarray(0, padded.packet.length) });
    if (client.inbox.some((each) => padded.isAnswer(withoutPadding(each))))
      throw new CheckFailure("the ping with bytes behind it was answered: it went to the network");
  },
};

const ipv6FromClient: ConformanceCase = {
  id: "ipv6-from-client",
  title: "An IPv6 packet from a client is dropped, and the connection stays",
  rule: toTun,
  why: "The client's kernel sends IPv6 into its TUN by itself, and simple clients pass everything on. The server carries IPv4 only.",
  run: async ({ client: newClient, ping }) => {
    const client = await newClient("A");
    client.send(message(internetRequest, routerSolicitation), "102 with an IPv6 router solicitation");
    await ping(client);
  },
};

const badChecksum: ConformanceCase = {
  id: "bad-header-checksum",
  title: "A packet whose header checksum is wrong disturbs nobody",
  rule: "docs/protocol.md#tolerances",
  why: "Whether the server drops it or the kernel behind it is free. What came before and what comes after is carried on.",
  run: async ({ client: newClient, ping, site }) => {
    const client = await newClient("A");
    const packet = echoRequest(client.address, site.pingTarget(client.address), { identifier: 7, sequence: 7 }, new Uint8Array(56));
    client.send(message(internetRequest, changed(packet, 10, 0xff ^ (packet[10] ?? 0))), "102 with a wrong header checksum");
    await ping(client);
  },
};

export const packetCases: readonly ConformanceCase[] = [
  pingLatency,
  fullSize,
  manyPackets,
  burstToClient,
  spoofedNeighbour,
  spoofedStranger,
  betweenClients,
  forNobody,
  malformedPackets,
  paddedPacket,
  ipv6FromClient,
  badChecksum,
];
