import { CaptureError } from "./capture-error.ts";
import { fieldsOf, requireBytes } from "./captured-fields.ts";

/** A TCP segment (RFC 9293 section 3.1), as far as a stream needs it. */
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

/** Reads a TCP segment. Its checksum is not looked at. Throws a `CaptureError` when it is cut. */
export function tcpSegment(bytes: Uint8Array): TcpSegment {
  const fields = fieldsOf(bytes, 20, "TCP header");
  const headerLength = (fields.getUint8(12) >> 4) * 4;
  if (headerLength < 20) throw new CaptureError(`A TCP segment claims a header of ${headerLength} bytes; the capture is damaged.`);
  requireBytes(bytes, headerLength, "TCP header");
  const flags = fields.getUint8(13);
  return {
    sourcePort: fields.getUint16(0),
    destinationPort: fields.getUint16(2),
    sequenceNumber: fields.getUint32(4),
    acknowledgementNumber: fields.getUint32(8),
    fin: (flags & 0x01) !== 0,
    syn: (flags & 0x02) !== 0,
    rst: (flags & 0x04) !== 0,
    ack: (flags & 0x10) !== 0,
    payload: bytes.subarray(headerLength),
  };
}
