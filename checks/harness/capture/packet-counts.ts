import { type ChecksumVerdict, checksumVerdicts } from "./checksums.ts";
import { type IpLayer, ipLayerOf } from "./ip-layers.ts";
import type { Capture } from "./pcap-file.ts";

/** How often each word comes. */
export function count(words: Iterable<string | number>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** The IP packet in each packet of a capture; `undefined` where there is none. */
export function ipLayersOf({ linkType, packets }: Capture): (IpLayer | undefined)[] {
  return packets.map(({ bytes }) => ipLayerOf(linkType, bytes));
}

/** What a packet carries: `TCP`, `UDP`, `ICMP 8`, `ICMPv6 133`, `fragment`, `protocol 2`, or `no IP`. */
export function kindOf(packet: IpLayer | undefined): string {
  if (packet === undefined) return "no IP";
  if (packet.isFragment) return "fragment";
  switch (packet.protocol) {
    case 1:
      return `ICMP ${packet.payload[0]}`;
    case 6:
      return "TCP";
    case 17:
      return "UDP";
    case 58:
      return `ICMPv6 ${packet.payload[0]}`;
    default:
      return `protocol ${packet.protocol}`;
  }
}

/** How many checksums of these packets are right, and how many wrong: `{ "IPv4 header right": 2, "UDP wrong": 1 }`. */
export function checksumCounts(packets: readonly (IpLayer | undefined)[]): Record<string, number> {
  const verdicts = packets.flatMap((packet): ChecksumVerdict[] => (packet === undefined ? [] : checksumVerdicts(packet)));
  return count(verdicts.map(({ of, right }) => `${of} ${right ? "right" : "wrong"}`));
}
