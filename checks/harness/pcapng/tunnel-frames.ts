import { concat } from "#kit/bytes.ts";
import type { ToldPacket } from "../story-packet.ts";

/** Where 4over6 servers listen: by this port Wireshark knows what is inside. */
export const tunnelPort = 5678;

const firstClientPort = 40_000;
const headers = { ethernet: 14, ipv6: 40, tcp: 20 } as const;
/** What fits an IPv6 packet, rounded down. */
const longestSegment = 65_000;

/** One end of a connection that never was. */
type End = { readonly host: number; readonly port: number };

/** How far the two sides of a connection are, as TCP counts. */
type Progress = { readonly client: End; toLab: number; fromLab: number };

const server: End = { host: 1, port: tunnelPort };

/**
 * Puts pieces of 4over6 streams into frames, as they would have travelled: Ethernet, IPv6, TCP. Addresses and ports are made up, one
 * connection for each peer; sequence numbers and checksums are right. The lab is the server, fd64:4:6::1, port 5678.
 *
 * @returns a function that gives the frames of one piece: one, unless it is longer than a packet can be
 */
export function createTunnelFrames(): (packet: Pick<ToldPacket, "direction" | "peer" | "bytes">) => readonly Uint8Array[] {
  const connections = new Map<string, Progress>();

  function connectionOf(peer: string): Progress {
    const known = connections.get(peer);
    if (known !== undefined) return known;
    const made = { client: { host: 2 + connections.size, port: firstClientPort + connections.size }, toLab: 1, fromLab: 1 };
    connections.set(peer, made);
    return made;
  }

  return ({ direction, peer = "", bytes }) => {
    const connection = connectionOf(peer);
    const { client } = connection;
    const frames: Uint8Array[] = [];
    let offset = 0;
    do {
      const payload = bytes.subarray(offset, offset + longestSegment);
      const { toLab, fromLab } = connection;
      if (direction === "to-lab") {
        frames.push(frameOf(client, server, toLab, fromLab, payload));
        connection.toLab += payload.length;
      } else {
        frames.push(frameOf(server, client, fromLab, toLab, payload));
        connection.fromLab += payload.length;
      }
      offset += payload.length;
    } while (offset < bytes.length);
    return frames;
  };
}

function frameOf(from: End, to: End, sequenceNumber: number, acknowledgementNumber: number, payload: Uint8Array): Uint8Array {
  const ethernet = concat(mac(to.host), mac(from.host), Uint8Array.of(0x86, 0xdd));

  const ipv6 = new DataView(new ArrayBuffer(headers.ipv6));
  ipv6.setUint8(0, 6 << 4);
  ipv6.setUint16(4, headers.tcp + payload.length);
  ipv6.setUint8(6, 6);
  ipv6.setUint8(7, 64);
  const addresses = concat(address(from.host), address(to.host));
  new Uint8Array(ipv6.buffer).set(addresses, 8);

  const tcp = new DataView(new ArrayBuffer(headers.tcp));
  tcp.setUint16(0, from.port);
  tcp.setUint16(2, to.port);
  tcp.setUint32(4, sequenceNumber);
  tcp.setUint32(8, acknowledgementNumber);
  tcp.setUint8(12, (headers.tcp / 4) << 4);
  // ACK, and PSH where there is something to hand on.
  tcp.setUint8(13, payload.length > 0 ? 0x18 : 0x10);
  tcp.setUint16(14, 0xffff);
  const segment = concat(new Uint8Array(tcp.buffer), payload);
  // RFC 8200 section 8.1: addresses, length and next header are covered too. The length fits 16 bits here.
  const pseudoHeader = concat(addresses, Uint8Array.of(0, 0, segment.length >> 8, segment.length & 0xff, 0, 0, 0, 6));
  new DataView(segment.buffer).setUint16(16, checksum(concat(pseudoHeader, segment)));

  return concat(ethernet, new Uint8Array(ipv6.buffer), segment);
}

/** 02:00:00:00:00:`host` */
function mac(host: number): Uint8Array {
  return Uint8Array.of(2, 0, 0, 0, host >> 8, host & 0xff);
}

/** fd64:4:6::`host` */
function address(host: number): Uint8Array {
  return Uint8Array.of(0xfd, 0x64, 0, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, host >> 8, host & 0xff);
}

/** RFC 1071, the plain way. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const [index, byte] of bytes.entries()) {
    sum += index % 2 === 0 ? byte * 256 : byte;
    if (sum > 0xffff) sum -= 0xffff;
  }
  return 0xffff - sum;
}
