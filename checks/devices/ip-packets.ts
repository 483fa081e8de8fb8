// Packets for devices, made apart from the labs: what carries them must not be judged by code that a student writes.

export type UdpPacket = { readonly from: string; readonly to: string; readonly port: number; readonly payload: Uint8Array };

/** An IPv4 packet with a UDP datagram, without UDP checksum (which RFC 768 allows). */
export function udpPacket({ from, to, port, payload }: UdpPacket): Uint8Array {
  const packet = Buffer.alloc(28 + payload.length);
  packet.writeUInt8(0x45, 0);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt8(64, 8);
  packet.writeUInt8(17, 9);
  packet.set(addressBytes(from), 12);
  packet.set(addressBytes(to), 16);
  packet.writeUInt16BE(headerChecksum(packet), 10);
  packet.writeUInt16BE(port, 20);
  packet.writeUInt16BE(port, 22);
  packet.writeUInt16BE(8 + payload.length, 24);
  packet.set(payload, 28);
  return packet;
}

/** What the UDP datagram in an IPv4 packet without options carries; `undefined` for any other packet. */
export function udpPayloadOf(packet: Uint8Array): Uint8Array | undefined {
  return packet[0] === 0x45 && packet[9] === 17 ? packet.subarray(28) : undefined;
}

function addressBytes(address: string): number[] {
  return address.split(".").map(Number);
}

function headerChecksum(packet: Buffer): number {
  let sum = 0;
  for (let offset = 0; offset < 20; offset += 2) sum += packet.readUInt16BE(offset);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
