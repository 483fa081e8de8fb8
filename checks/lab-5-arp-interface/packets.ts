import { assemble, checksumByDivision } from "#checks/harness/wire/assemble.ts";
import { dissect } from "#checks/harness/wire/layout.ts";
import { ipv4Layout } from "#checks/harness/wire/layouts.ts";
import type { Ipv4Packet } from "#contract/lab-1-codec.ts";
import { ipv4FromBytes, ipv4ToNumber } from "#kit/addresses.ts";
import { far, us } from "./hosts.ts";

/** For experiments (RFC 3692 section 2.1): nobody, and Wireshark neither, looks for a UDP header in our words. */
const protocol = 253;

/** A packet with a word as its payload; from us to the other end of the world, unless `fields` says otherwise. */
export function packet(text: string, fields: Partial<Ipv4Packet> = {}): Ipv4Packet {
  return {
    typeOfService: 0,
    identification: 7,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    timeToLive: 64,
    protocol,
    source: us.ip,
    destination: far,
    options: new Uint8Array(),
    payload: new TextEncoder().encode(text),
    ...fields,
  };
}

/**
 * The packet's bytes, written by the layout of RFC 791.
 *
 * @param lies header fields that shall say something else; the checksum is right all the same, unless it is one of them
 */
export function packetBytes(value: Ipv4Packet, lies: Readonly<Record<string, number>> = {}): Uint8Array {
  const fields = {
    version: 4,
    headerLength: 5 + value.options.length / 4,
    typeOfService: value.typeOfService,
    totalLength: 20 + value.options.length + value.payload.length,
    identification: value.identification,
    flags: (value.dontFragment ? 2 : 0) + (value.moreFragments ? 1 : 0),
    fragmentOffset: value.fragmentOffset / 8,
    timeToLive: value.timeToLive,
    protocol: value.protocol,
    headerChecksum: 0,
    source: ipv4ToNumber(value.source),
    destination: ipv4ToNumber(value.destination),
    ...lies,
  };
  const headerChecksum = lies["headerChecksum"] ?? checksumByDivision(assemble(ipv4Layout, fields, value.options));
  return assemble(ipv4Layout, { ...fields, headerChecksum }, value.options, value.payload);
}

/** The packet in the bytes of a right one, read by the layout of RFC 791. What stands behind it is padding. */
export function packetOf(bytes: Uint8Array): Ipv4Packet {
  const values = new Map(dissect(bytes, ipv4Layout).map(({ name, value }) => [name, Number(value)]));
  const field = (name: string) => values.get(name) ?? 0;
  const headerEnd = field("headerLength") * 4;
  return {
    typeOfService: field("typeOfService"),
    identification: field("identification"),
    dontFragment: (field("flags") & 2) !== 0,
    moreFragments: (field("flags") & 1) !== 0,
    fragmentOffset: field("fragmentOffset") * 8,
    timeToLive: field("timeToLive"),
    protocol: field("protocol"),
    source: ipv4FromBytes(bytes, 12),
    destination: ipv4FromBytes(bytes, 16),
    options: bytes.slice(20, headerEnd),
    payload: bytes.slice(headerEnd, field("totalLength")),
  };
}
