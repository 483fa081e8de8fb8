import { concat } from "#kit/bytes.ts";
import { type InternetPacket, onesComplementChecksum, protocols, pseudoHeader } from "./internet-packet.ts";

/** A TCP segment (RFC 9293 section 3.1), as far as a host in memory needs it. */
export type TcpSegment = {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequenceNumber: number;
  /** Without a meaning unless `ack`. */
  readonly acknowledgementNumber: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
  readonly payload: Uint8Array;
};

const headerLength = 20;
/** Always offered: a host in memory reads at once. */
const window = 65_535;

/** The segment as an IPv4 packet between the two addresses. */
export function segmentPacket(segment: TcpSegment, addresses: Pick<InternetPacket, "source" | "destination">): InternetPacket {
  const payload = new Uint8Array(headerLength + segment.payload.length);
  const view = new DataView(payload.buffer);
  view.setUint16(0, segment.sourcePort);
  view.setUint16(2, segment.destinationPort);
  view.setUint32(4, segment.sequenceNumber);
  view.setUint32(8, segment.acknowledgementNumber);
  payload[12] = (headerLength / 4) << 4;
  payload[13] = Number(segment.fin) | (Number(segment.syn) << 1) | (Number(segment.rst) << 2) | (Number(segment.ack) << 4);
  view.setUint16(14, window);
  payload.set(segment.payload, headerLength);
  const packet = { ...addresses, protocol: protocols.tcp, payload };
  view.setUint16(16, onesComplementChecksum(concat(pseudoHeader(packet), payload)));
  return packet;
}

/** The segment in a packet; `undefined` when it is cut or damaged. */
export function parseSegment(packet: InternetPacket): TcpSegment | undefined {
  const { payload } = packet;
  const length = ((payload[12] ?? 0) >> 4) * 4;
  if (length < headerLength || payload.length < length || onesComplementChecksum(concat(pseudoHeader(packet), payload)) !== 0)
    return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const flags = view.getUint8(13);
  return {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    sequenceNumber: view.getUint32(4),
    acknowledgementNumber: view.getUint32(8),
    fin: (flags & 0x01) !== 0,
    syn: (flags & 0x02) !== 0,
    rst: (flags & 0x04) !== 0,
    ack: (flags & 0x10) !== 0,
    payload: payload.subarray(length),
  };
}
