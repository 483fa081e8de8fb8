import type { Ipv4Address } from "#contract/vocabulary.ts";
import { counted } from "#kit/counted.ts";
import { parseEcho } from "./memory-host/icmp-echo.ts";
import { parsePacket, protocols } from "./memory-host/internet-packet.ts";
import { parseSegment } from "./memory-host/tcp-segment.ts";

/** What people want to know of a packet that passes. `length` is that of the packet, in bytes. */
export type PacketSummary = { readonly source: Ipv4Address; readonly destination: Ipv4Address; readonly length: number } & (
  | { readonly kind: "echo-request" | "echo-reply"; readonly sequence: number }
  /** `flags` as `SYN ACK`; `payload` is how many bytes the segment carries. */
  | {
      readonly kind: "tcp";
      readonly flags: string;
      readonly payload: number;
      readonly sourcePort: number;
      readonly destinationPort: number;
    }
  | { readonly kind: "other"; readonly protocol: number }
);

/** `undefined` for what is no whole, undamaged IPv4 packet, or a fragment. */
export function summarize(bytes: Uint8Array): PacketSummary | undefined {
  const packet = parsePacket(bytes);
  if (packet === undefined) return undefined;
  const { source, destination, protocol } = packet;
  const ends = { source, destination, length: bytes.length };
  const echo = protocol === protocols.icmp ? parseEcho(packet.payload) : undefined;
  if (echo !== undefined) return { ...ends, kind: `echo-${echo.kind}`, sequence: echo.sequence };
  const segment = protocol === protocols.tcp ? parseSegment(packet) : undefined;
  if (segment === undefined) return { ...ends, kind: "other", protocol };
  const { sourcePort, destinationPort } = segment;
  const flags = (["syn", "fin", "rst", "ack"] as const).filter((flag) => segment[flag]).map((flag) => flag.toUpperCase());
  return { ...ends, kind: "tcp", flags: flags.join(" "), payload: segment.payload.length, sourcePort, destinationPort };
}

/** `echo request 1, 13.8.0.2 > 198.51.100.2, 84 bytes` */
export function inWords(packet: PacketSummary): string {
  const ends = `${packet.source} > ${packet.destination}, ${counted(packet.length, "byte")}`;
  switch (packet.kind) {
    case "echo-request":
    case "echo-reply":
      return `${packet.kind.replace("-", " ")} ${packet.sequence}, ${ends}`;
    case "tcp":
      return `TCP ${packet.sourcePort} > ${packet.destinationPort} ${packet.flags}${packet.payload > 0 ? ` with ${counted(packet.payload, "byte")}` : ""}, ${ends}`;
    case "other":
      return `protocol ${packet.protocol}, ${ends}`;
    default:
      return packet satisfies never;
  }
}
