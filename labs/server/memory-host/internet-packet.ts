import type { Ipv4Address } from "#contract/vocabulary.ts";
import { ipv4FromBytes, ipv4ToBytes } from "#kit/addresses.ts";
import { concat } from "#kit/bytes.ts";

/** IP protocol numbers (IANA). */
export const protocols = { icmp: 1, tcp: 6 } as const;

/** What a host in memory needs of an IPv4 packet. */
export type InternetPacket = {
  readonly source: Ipv4Address;
  readonly destination: Ipv4Address;
  readonly protocol: number;
  readonly payload: Uint8Array;
};

const headerLength = 20;

/**
 * An IPv4 packet (RFC 791 section 3.1) without options. Made apart from lab 1: the hosts at both ends of a tunnel must not make the mistakes
 * of the labs that carry their packets.
 */
export function serializePacket({ source, destination, protocol, payload }: InternetPacket): Uint8Array {
  const packet = new Uint8Array(headerLength + payload.length);
  const view = new DataView(packet.buffer);
  packet[0] = 0x45;
  view.setUint16(2, packet.length);
  view.setUint16(6, 0x4000); // Do not fragment.
  packet[8] = 64;
  packet[9] = protocol;
  packet.set(ipv4ToBytes(source), 12);
  packet.set(ipv4ToBytes(destination), 16);
  view.setUint16(10, onesComplementChecksum(packet.subarray(0, headerLength)));
  packet.set(payload, headerLength);
  return packet;
}

/** The packet, its payload a view into `bytes`; `undefined` for anything that is not one whole, undamaged IPv4 packet. */
export function parsePacket(bytes: Uint8Array): InternetPacket | undefined {
  const [first = 0] = bytes;
  const length = (first & 0x0f) * 4;
  if (first >> 4 !== 4 || length < headerLength || bytes.length < length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isFragment = (view.getUint16(6) & 0x3fff) !== 0;
  if (view.getUint16(2) !== bytes.length || isFragment || onesComplementChecksum(bytes.subarray(0, length)) !== 0) return undefined;
  return {
    source: ipv4FromBytes(bytes, 12),
    destination: ipv4FromBytes(bytes, 16),
    protocol: view.getUint8(9),
    payload: bytes.subarray(length),
  };
}

/** The internet checksum (RFC 1071): 0 over bytes that hold their own right checksum. */
export function onesComplementChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 2) sum += ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
}

/** What TCP's checksum covers besides the segment (RFC 9293 section 3.1). */
export function pseudoHeader({ source, destination, protocol, payload }: InternetPacket): Uint8Array {
  const rest = new Uint8Array(4);
  rest[1] = protocol;
  new DataView(rest.buffer).setUint16(2, payload.length);
  return concat(ipv4ToBytes(source), ipv4ToBytes(destination), rest);
}
