import { CheckFailure } from "#checks/harness/check-failure.ts";
import { concat, fromHex } from "#kit/bytes.ts";
import type { ConformanceCase } from "../case.ts";
import { preparePing } from "../client/client.ts";
import { echoRequest, udpPacket } from "../client/packets.ts";
import { internetRequest, message, type ServerMessage } from "../client/wire.ts";
import { requireNothingFor } from "./expect-packets.ts";

const toTun = "docs/protocol.md#client-to-tun";

/** What a kernel sends into a TUN device as soon as it is up: an IPv6 router solicitation, as it was captured. */
const routerSolicitation = fromHex("6000000000083aff fe800000000000005a946f7b46c73534 ff020000000000000000000000000002 8500372c00000000");

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
  run: async ({ client: newClient, ping, deliver, requireRouting }) => {
    requireRouting();
    const receiver = await newClient("B");
    const client = await newClient("A");
    const forged = udpPacket("192.0.2.66", receiver.address, 9, new TextEncoder().encode("from nowhere"));
    client.send(message(internetRequest, forged), `102 from 192.0.2.66, for ${receiver.address}`);
    await ping(client);
    await requireNothingFor(receiver, { deliver }, "a packet from 192.0.2.66, which A sent", (packet) => packet.includes("from nowhere"));
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

export const forgedPacketCases: readonly ConformanceCase[] = [
  spoofedNeighbour,
  spoofedStranger,
  malformedPackets,
  paddedPacket,
  ipv6FromClient,
  badChecksum,
];
