import type { Ipv4Address } from "#contract/vocabulary.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/**
 * What forwarding has to know of an IPv4 packet, read where it stands (RFC 791 section 3.1):
 *
 *     byte 0        version (high four bits), header length in words of 4 bytes (low four bits)
 *     bytes 2, 3    total length in bytes, high byte first
 *     bytes 12..15  source address
 *     bytes 16..19  destination address
 *
 * Every packet of every user passes here, so nothing is copied and no object is made. Lab 1's `ipv4Packet.parse` knows all of this too, and
 * a server that calls it is right, only slower. Mind then that it lets link padding stand behind the packet, which a tunnel must not.
 */

/**
 * Why the bytes are not forwarded, or `undefined` when they are one whole IPv4 packet. Never throws, whatever the bytes are.
 *
 * - `"not-ipv4"`: the version is another one. Linux itself sends IPv6 into every new TUN device.
 * - `"malformed-packet"`: no bytes at all, a header shorter than 20 bytes, a total length below the header's, or one that is not exactly
 *   the number of bytes that are there.
 *
 * Whether the header checksum is right is left to the kernel, which looks at it anyway.
 *
 * Your task: handout docs/lab-4-tun-server.md#client-to-tun
 */
export function packetFault(packet: Uint8Array): "not-ipv4" | "malformed-packet" | undefined {
  // Your code here.
  return notImplemented("lab-4 packet header", "docs/lab-4-tun-server.md#client-to-tun");
}

/**
 * Whether the packet's source address is `address`, given as its four bytes. The packet is one that `packetFault` found nothing wrong with.
 *
 * Your task: handout docs/lab-4-tun-server.md#client-to-tun
 */
export function isFrom(packet: Uint8Array, address: Uint8Array): boolean {
  // Your code here.
  return notImplemented("lab-4 packet header", "docs/lab-4-tun-server.md#client-to-tun");
}

/**
 * The packet's destination address. The packet is one that `packetFault` found nothing wrong with.
 *
 * Your task: handout docs/lab-4-tun-server.md#tun-to-client
 */
export function destinationOf(packet: Uint8Array): Ipv4Address {
  // Your code here.
  return notImplemented("lab-4 packet header", "docs/lab-4-tun-server.md#tun-to-client");
}
