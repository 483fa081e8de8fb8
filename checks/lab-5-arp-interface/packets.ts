import { dissect } from "#checks/harness/wire/layout.ts";
import { ipv4Layout } from "#checks/harness/wire/layouts.ts";
import type { Ipv4Packet } from "#contract/lab-1-codec.ts";
import { ipv4FromBytes } from "#kit/addresses.ts";
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
