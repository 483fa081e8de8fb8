/** An IPv4 packet with an ICMP echo request (RFC 792), its checksums right. */
export function pingPacket({
  from,
  to,
  sequence = 1,
  data = Buffer.from("abcdefgh"),
}: {
  readonly from: string;
  readonly to: string;
  readonly sequence?: number;
  readonly data?: Uint8Array;
}): Buffer {
  const icmp = Buffer.concat([Buffer.from([8, 0, 0, 0, 0x4f, 0x36, sequence >> 8, sequence & 0xff]), data]);
  icmp.writeUInt16BE(checksum(icmp), 2);
  return ipv4Packet({ from, to, protocol: 1, payload: icmp });
}

export function ipv4Packet({
  from,
  to,
  protocol,
  payload,
}: {
  readonly from: string;
  readonly to: string;
  readonly protocol: number;
  readonly payload: Uint8Array;
}): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + payload.length, 2);
  header.writeUInt8(64, 8);
  header.writeUInt8(protocol, 9);
  header.set(from.split(".").map(Number), 12);
  header.set(to.split(".").map(Number), 16);
  header.writeUInt16BE(checksum(header), 10);
  return Buffer.concat([header, payload]);
}

/** Source, destination and ICMP type of a packet; whether both checksums are right. */
export function pingFields(packet: Buffer) {
  return {
    from: packet.subarray(12, 16).join("."),
    to: packet.subarray(16, 20).join("."),
    type: packet.readUInt8(20),
    sequence: packet.readUInt16BE(26),
    data: packet.toString("latin1", 28),
    intact: checksum(packet.subarray(0, 20)) === 0 && checksum(packet.subarray(20)) === 0,
  };
}

/** RFC 1071, written apart from lab 1. Over bytes that hold their right checksum it is 0. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const [index, byte] of bytes.entries()) sum += index % 2 === 0 ? byte << 8 : byte;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
