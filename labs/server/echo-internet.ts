import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import { maskOf } from "#devices/ipv4-network.ts";
import { ipv4FromBytes, ipv4ToNumber } from "#kit/addresses.ts";
import type { PoolNetwork } from "./option-values.ts";

const icmp = 1;
const udp = 17;
const echoRequest = 8;
const echoPort = 7;

/** Where the fields of the IPv4 header lie. */
const timeToLiveOffset = 8;
const protocolOffset = 9;
const checksumOffset = 10;
const sourceOffset = 12;
const destinationOffset = 16;
const smallestHeader = 20;

/**
 * An internet at the far end of an in-memory link, small as can be: every address in it answers a ping (RFC 792) and has a UDP echo service
 * (RFC 862, port 7). What is for another client goes back into the tunnel, as a router does. All else is lost.
 *
 * It reads and writes packets by itself: it has to work with whatever labs the server is made of.
 */
export function connectEchoInternet(device: PacketDevice, { prefixLength, serverAddress }: PoolNetwork): void {
  const server = ipv4ToNumber(serverAddress);
  const mask = ipv4ToNumber(maskOf(prefixLength));
  const isClient = (address: number) => address !== server && (address & mask) === (server & mask);

  device.onPackets((batch) => {
    for (const borrowed of batch) {
      if (borrowed.length < smallestHeader) continue;
      const packet = new Uint8Array(borrowed);
      const destination = ipv4ToNumber(ipv4FromBytes(packet, destinationOffset));
      if (isClient(destination) ? passOn(packet) : answer(packet)) device.write(packet);
    }
  });
}

/** Makes the packet its own answer. `false`: nobody answers that. */
function answer(packet: Uint8Array): boolean {
  const header = ((packet[0] ?? 0) & 0x0f) * 4;
  const isFragment = (readUint16(packet, 6) & 0x3fff) !== 0;
  if (header < smallestHeader || packet.length < header + 8 || isFragment) return false;
  if (packet[protocolOffset] === icmp && packet[header] === echoRequest) {
    replaceWord(packet, header, readUint16(packet, header) & 0x00ff, header + 2);
  } else if (packet[protocolOffset] === udp && readUint16(packet, header + 2) === echoPort) {
    swap(packet, header, header + 2, 2);
  } else return false;
  // Sums do not depend on the order: no checksum changes when addresses or ports change places.
  swap(packet, sourceOffset, destinationOffset, 4);
  return true;
}

/** What every router does with the time to live (RFC 791 section 3.2). */
function passOn(packet: Uint8Array): boolean {
  const timeToLive = packet[timeToLiveOffset] ?? 0;
  if (timeToLive <= 1) return false;
  replaceWord(packet, timeToLiveOffset, readUint16(packet, timeToLiveOffset) - 0x0100, checksumOffset);
  return true;
}

/** Replaces two bytes and brings the checksum over them up to date (RFC 1624 section 3): a wrong one stays wrong. */
function replaceWord(packet: Uint8Array, offset: number, value: number, checksum: number): void {
  let sum = (~readUint16(packet, checksum) & 0xffff) + (~readUint16(packet, offset) & 0xffff) + value;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  writeUint16(packet, offset, value);
  writeUint16(packet, checksum, ~sum & 0xffff);
}

function swap(packet: Uint8Array, a: number, b: number, length: number): void {
  const kept = packet.slice(a, a + length);
  packet.copyWithin(a, b, b + length);
  packet.set(kept, b);
}

function readUint16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

function writeUint16(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 8;
  bytes[offset + 1] = value & 0xff;
}
