import { SocketAddress } from "node:net";
import { CaptureError } from "./capture-error.ts";
import { fieldsOf, requireBytes } from "./captured-fields.ts";
import type { LinkType } from "./pcap-layout.ts";

// Readers for what a capture holds, written apart from the labs and from the bit tables of the checks, so that they can bear witness for
// both. They read what was really sent: a checksum may be wrong (checksums.ts judges), a length may not.

/** An Ethernet II frame. Addresses are lower-case hexadecimal with colons. */
export type EthernetLayer = {
  readonly destination: string;
  readonly source: string;
  readonly etherType: number;
  readonly payload: Uint8Array;
};

/** An IP packet of either version, without link padding. */
export type IpLayer = {
  readonly version: 4 | 6;
  /** `13.8.0.2`, or `fd64:4:6::2` (RFC 5952). */
  readonly source: string;
  readonly destination: string;
  /** 1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6. Of IPv6 the next header, whatever it is: extension headers are not followed. */
  readonly protocol: number;
  /** Whether this is a part of a larger IPv4 packet. */
  readonly isFragment: boolean;
  /** Where `payload` lies in the larger packet, in bytes. */
  readonly fragmentOffset: number;
  /** Fragments of one packet share it. 0 for IPv6. */
  readonly identification: number;
  /** The whole packet. */
  readonly bytes: Uint8Array;
  /** With IPv4 options; without IPv6 extension headers. */
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
};

/** Reads an Ethernet II frame. Throws a `CaptureError` when it is shorter than a header. */
export function ethernetLayer(frame: Uint8Array): EthernetLayer {
  const fields = fieldsOf(frame, 14, "Ethernet header");
  return {
    destination: macText(frame.subarray(0, 6)),
    source: macText(frame.subarray(6, 12)),
    etherType: fields.getUint16(12),
    payload: frame.subarray(14),
  };
}

/** The IP packet in a captured one; `undefined` when it carries something else, such as ARP. Throws a `CaptureError` when it is cut. */
export function ipLayerOf(linkType: LinkType, packet: Uint8Array): IpLayer | undefined {
  if (linkType === "raw-ip") return ipLayer(packet);
  const { etherType, payload } = ethernetLayer(packet);
  return etherType === 0x0800 || etherType === 0x86dd ? ipLayer(payload) : undefined;
}

/** Reads an IPv4 (RFC 791) or IPv6 (RFC 8200) packet; bytes behind its length are padding. Throws a `CaptureError` when it is cut or neither. */
export function ipLayer(bytes: Uint8Array): IpLayer {
  const version = fieldsOf(bytes, 1, "IP header").getUint8(0) >> 4;
  if (version === 4) return ipv4Layer(bytes);
  if (version === 6) return ipv6Layer(bytes);
  throw new CaptureError(`A packet has IP version ${version}; only 4 and 6 exist, so the capture is damaged.`);
}

function ipv4Layer(bytes: Uint8Array): IpLayer {
  const fields = fieldsOf(bytes, 20, "IPv4 header");
  const headerLength = (fields.getUint8(0) & 0x0f) * 4;
  const totalLength = fields.getUint16(2);
  if (headerLength < 20 || totalLength < headerLength)
    throw new CaptureError(`An IPv4 packet claims a header of ${headerLength} bytes and ${totalLength} in all; the capture is damaged.`);
  requireBytes(bytes, totalLength, "IPv4 packet");
  const fragmentOffset = (fields.getUint16(6) & 0x1fff) * 8;
  const moreFragments = (fields.getUint16(6) & 0x2000) !== 0;
  const packet = bytes.subarray(0, totalLength);
  return {
    version: 4,
    source: bytes.subarray(12, 16).join("."),
    destination: bytes.subarray(16, 20).join("."),
    protocol: fields.getUint8(9),
    isFragment: moreFragments || fragmentOffset > 0,
    fragmentOffset,
    identification: fields.getUint16(4),
    bytes: packet,
    header: packet.subarray(0, headerLength),
    payload: packet.subarray(headerLength),
  };
}

function ipv6Layer(bytes: Uint8Array): IpLayer {
  const fields = fieldsOf(bytes, 40, "IPv6 header");
  const totalLength = 40 + fields.getUint16(4);
  requireBytes(bytes, totalLength, "IPv6 packet");
  return {
    version: 6,
    source: ipv6Text(fields, 8),
    destination: ipv6Text(fields, 24),
    protocol: fields.getUint8(6),
    isFragment: false,
    fragmentOffset: 0,
    identification: 0,
    bytes: bytes.subarray(0, totalLength),
    header: bytes.subarray(0, 40),
    payload: bytes.subarray(40, totalLength),
  };
}

function macText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(":");
}

/** Node knows how to shorten the eight groups. */
function ipv6Text(fields: DataView, offset: number): string {
  const groups = Array.from({ length: 8 }, (_, index) => fields.getUint16(offset + index * 2).toString(16));
  return new SocketAddress({ address: groups.join(":"), family: "ipv6" }).address;
}
