import { concat } from "#kit/bytes.ts";
import type { IpLayer } from "./ip-layers.ts";

/** Whether one checksum of a packet fits the packet. */
export type ChecksumVerdict = { readonly of: "IPv4 header" | "ICMP" | "TCP" | "UDP" | "ICMPv6"; readonly right: boolean };

/** What the checksums of each protocol cover: the message alone, or a pseudo-header with the addresses before it. */
const protocols: Readonly<Record<number, { readonly name: ChecksumVerdict["of"]; readonly pseudoHeader: boolean }>> = {
  1: { name: "ICMP", pseudoHeader: false },
  6: { name: "TCP", pseudoHeader: true },
  17: { name: "UDP", pseudoHeader: true },
  58: { name: "ICMPv6", pseudoHeader: true },
};

/**
 * Judges every internet checksum (RFC 1071) of one packet. In a capture made on the sending host the outer ones are often wrong: the kernel
 * leaves them to the network card. A fragment is judged by its header alone, since its other checksum covers the whole packet.
 */
export function checksumVerdicts(packet: IpLayer): ChecksumVerdict[] {
  const verdicts: ChecksumVerdict[] = [];
  if (packet.version === 4) verdicts.push({ of: "IPv4 header", right: fits(packet.header) });
  const protocol = protocols[packet.protocol];
  if (protocol === undefined || packet.isFragment) return verdicts;
  const { payload } = packet;
  const covered = protocol.pseudoHeader ? concat(pseudoHeader(packet), payload) : payload;
  const leftOut = protocol.name === "UDP" && packet.version === 4 && payload[6] === 0 && payload[7] === 0;
  verdicts.push({ of: protocol.name, right: leftOut || fits(covered) });
  return verdicts;
}

/** The field is within the bytes: the ones' complement sum of all 16-bit words must then be all ones. The plainest way to add them up. */
function fits(bytes: Uint8Array): boolean {
  let sum = 0;
  for (const [index, byte] of bytes.entries()) {
    sum += index % 2 === 0 ? byte * 256 : byte;
    if (sum > 0xffff) sum -= 0xffff;
  }
  return sum === 0xffff;
}

/** RFC 9293 section 3.1 for IPv4, RFC 8200 section 8.1 for IPv6. The two differ in width only, which adds up to the same. */
function pseudoHeader({ version, header, protocol, payload }: IpLayer): Uint8Array {
  const addresses = version === 4 ? header.subarray(12, 20) : header.subarray(8, 40);
  return concat(addresses, Uint8Array.of(0, protocol, payload.length >> 8, payload.length & 0xff));
}
