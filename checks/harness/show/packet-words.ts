import { ipv4FromBytes, macFromBytes } from "#kit/addresses.ts";
import { counted } from "#kit/counted.ts";
import { describeArp } from "#kit/describe.ts";
import { CaptureError } from "../capture/capture-error.ts";
import { ethernetLayer, type IpLayer, ipLayer } from "../capture/ip-layers.ts";
import type { LinkType } from "../capture/pcap-layout.ts";
import { type TcpSegment, tcpSegment } from "../capture/tcp-segment.ts";
import { icmpv6Words, icmpWords } from "./icmp-words.ts";

/** A packet in words. */
export type PacketView = {
  readonly words: string;
  /** What it can be asked for by: protocols and addresses. */
  readonly tags: readonly string[];
  readonly tcp?: { readonly from: string; readonly to: string; readonly segment: TcpSegment };
};

/** `ARP who-has 10.0.0.9 tell 10.0.0.1`, `IPv4 13.8.0.2 > 198.51.100.2  ICMP echo request 1  84 bytes`. Never throws: what is cut is told. */
export function viewPacket(link: LinkType, bytes: Uint8Array): PacketView {
  try {
    return link === "ethernet" ? viewFrame(bytes) : viewIp(ipLayer(bytes));
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { words: `${counted(bytes.length, "byte")} that cannot be read: ${error.message}`, tags: ["damaged"] };
  }
}

function viewFrame(bytes: Uint8Array): PacketView {
  const { source, destination, etherType, payload } = ethernetLayer(bytes);
  const tags = ["ethernet", source, destination];
  if (etherType === 0x0806) return withTags(viewArp(payload), tags);
  if (etherType === 0x0800 || etherType === 0x86dd) return withTags(viewIp(ipLayer(payload)), tags);
  const type = etherType.toString(16).padStart(4, "0");
  return { words: `Ethernet ${source} > ${destination}  type 0x${type}  ${counted(payload.length, "byte")}`, tags };
}

function viewArp(bytes: Uint8Array): PacketView {
  if (bytes.length < 28) return { words: `ARP, ${counted(bytes.length, "byte")} of 28`, tags: ["arp"] };
  const [senderMac, senderIp] = [macFromBytes(bytes, 8), ipv4FromBytes(bytes, 14)];
  const [targetMac, targetIp] = [macFromBytes(bytes, 18), ipv4FromBytes(bytes, 24)];
  const tags = ["arp", senderMac, senderIp, targetMac, targetIp];
  const operation = (bytes[6] ?? 0) * 256 + (bytes[7] ?? 0);
  if (operation !== 1 && operation !== 2) return { words: `ARP operation ${operation}`, tags };
  return { words: describeArp({ operation: operation === 1 ? "request" : "reply", senderMac, senderIp, targetMac, targetIp }), tags };
}

function viewIp(packet: IpLayer): PacketView {
  const { version, source, destination, bytes } = packet;
  const inner = viewPayload(packet);
  return {
    ...inner,
    words: `IPv${version} ${source} > ${destination}  ${inner.words}  ${counted(bytes.length, "byte")}`,
    tags: [`ipv${version}`, source, destination, ...inner.tags],
  };
}

/** What an IP packet carries: `ICMP echo request 1`, `TCP 37122 > 80 SYN`. */
function viewPayload(packet: IpLayer): PacketView {
  const { version, protocol, payload, source, destination } = packet;
  if (packet.isFragment) return { words: `fragment at ${packet.fragmentOffset}`, tags: ["fragment"] };
  switch (protocol) {
    case 1:
      return { words: `ICMP ${icmpWords(payload)}`, tags: ["icmp"] };
    case 6: {
      const segment = tcpSegment(payload);
      const host = (address: string, port: number) => (version === 6 ? `[${address}]:${port}` : `${address}:${port}`);
      return {
        words: `TCP ${segment.sourcePort} > ${segment.destinationPort} ${segmentWords(segment, "with ")}`,
        tags: ["tcp"],
        tcp: { from: host(source, segment.sourcePort), to: host(destination, segment.destinationPort), segment },
      };
    }
    case 17:
      return { words: `UDP ${uint16(payload, 0)} > ${uint16(payload, 2)}`, tags: ["udp"] };
    case 58:
      return { words: `ICMPv6 ${icmpv6Words(payload)}`, tags: ["icmpv6"] };
    default:
      return { words: `protocol ${protocol}`, tags: [] };
  }
}

/** A packet that came in a message, more briefly: `13.8.0.2 > 198.51.100.2  echo request 1`. */
export function viewInner(bytes: Uint8Array): PacketView {
  try {
    const packet = ipLayer(bytes);
    const { words, tags, tcp } = viewPayload(packet);
    const short = tcp === undefined ? words.replace(/^ICMP /, "") : `TCP ${segmentWords(tcp.segment)}`;
    return {
      words: `${packet.source} > ${packet.destination}  ${short}`,
      tags: [`ipv${packet.version}`, packet.source, packet.destination, ...tags],
    };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { words: `${counted(bytes.length, "byte that is", "bytes that are")} no IPv4 packet`, tags: ["damaged"] };
  }
}

/** `SYN ACK`, `1400 bytes`, `FIN 12 bytes`. An ACK is told where there is nothing else. */
export function segmentWords({ syn, fin, rst, ack, payload }: TcpSegment, before = ""): string {
  const flags = [syn && "SYN", fin && "FIN", rst && "RST", ack && (syn || payload.length === 0) && "ACK"].filter(Boolean);
  return [...flags, ...(payload.length > 0 ? [`${before}${counted(payload.length, "byte")}`] : [])].join(" ") || "no flags";
}

function withTags(view: PacketView, tags: readonly string[]): PacketView {
  return { ...view, tags: [...tags, ...view.tags] };
}

function uint16(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) * 256 + (bytes[offset + 1] ?? 0);
}
