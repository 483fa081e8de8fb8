// IPv4 packets, built and read apart from the labs.

const ipv4Header = 20;
const icmp = 1;
const udp = 17;
const echoReply = 0;
const echoRequestType = 8;

/** RFC 1071. */
function internetChecksum(bytes: Buffer): number {
  let sum = 0;
  for (let offset = 0; offset + 1 < bytes.length; offset += 2) sum += bytes.readUInt16BE(offset);
  if (bytes.length % 2 === 1) sum += bytes.readUInt8(bytes.length - 1) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** RFC 791 section 3.1, without options. */
function ipv4Packet(from: string, to: string, protocol: number, payload: Uint8Array): Uint8Array {
  const packet = Buffer.alloc(ipv4Header + payload.length);
  packet.writeUInt8(0x45, 0);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt8(64, 8);
  packet.writeUInt8(protocol, 9);
  packet.set(from.split(".").map(Number), 12);
  packet.set(to.split(".").map(Number), 16);
  packet.writeUInt16BE(internetChecksum(packet.subarray(0, ipv4Header)), 10);
  packet.set(payload, ipv4Header);
  return packet;
}

export type Echo = { readonly identifier: number; readonly sequence: number };

/** A ping: an ICMP echo request (RFC 792). */
export function echoRequest(from: string, to: string, { identifier, sequence }: Echo, payload: Uint8Array): Uint8Array {
  const echo = Buffer.alloc(8 + payload.length);
  echo.writeUInt8(echoRequestType, 0);
  echo.writeUInt16BE(identifier, 4);
  echo.writeUInt16BE(sequence, 6);
  echo.set(payload, 8);
  echo.writeUInt16BE(internetChecksum(echo), 2);
  return ipv4Packet(from, to, icmp, echo);
}

/** A UDP datagram without checksum (RFC 768 allows that), from and to the same port. */
export function udpPacket(from: string, to: string, port: number, payload: Uint8Array): Uint8Array {
  const datagram = Buffer.alloc(8 + payload.length);
  datagram.writeUInt16BE(port, 0);
  datagram.writeUInt16BE(port, 2);
  datagram.writeUInt16BE(datagram.length, 4);
  datagram.set(payload, 8);
  return ipv4Packet(from, to, udp, datagram);
}

/** What the suite has to know of a packet. */
export type PacketView = {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly totalLength: number;
  /** More fragments follow, or this is a later one. */
  readonly isFragment: boolean;
  readonly payload: Uint8Array;
};

/** `undefined` when these bytes are not one whole IPv4 packet. */
export function readPacket(bytes: Uint8Array): PacketView | undefined {
  const packet = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (packet.length < ipv4Header || packet.readUInt8(0) >> 4 !== 4) return undefined;
  const headerLength = (packet.readUInt8(0) & 0x0f) * 4;
  const totalLength = packet.readUInt16BE(2);
  if (headerLength < ipv4Header || totalLength < headerLength || totalLength !== packet.length) return undefined;
  return {
    source: packet.subarray(12, 16).join("."),
    destination: packet.subarray(16, 20).join("."),
    protocol: packet.readUInt8(9),
    totalLength,
    isFragment: (packet.readUInt16BE(6) & 0x3fff) !== 0,
    payload: bytes.subarray(headerLength),
  };
}

/** An echo request or reply, and what it carries. */
export function readEcho(packet: Uint8Array): (Echo & { readonly isReply: boolean; readonly payload: Uint8Array }) | undefined {
  const view = readPacket(packet);
  if (view === undefined || view.protocol !== icmp || view.payload.length < 8) return undefined;
  const echo = Buffer.from(view.payload.buffer, view.payload.byteOffset, view.payload.length);
  const type = echo.readUInt8(0);
  if (type !== echoReply && type !== echoRequestType) return undefined;
  return {
    isReply: type === echoReply,
    identifier: echo.readUInt16BE(4),
    sequence: echo.readUInt16BE(6),
    payload: view.payload.subarray(8),
  };
}

/** What a UDP datagram carries; `undefined` for any other packet. */
export function readUdp(packet: Uint8Array): Uint8Array | undefined {
  const view = readPacket(packet);
  return view?.protocol === udp && !view.isFragment ? view.payload.subarray(8) : undefined;
}
