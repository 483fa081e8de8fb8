import { counted } from "#kit/counted.ts";
import { CaptureError } from "./capture-error.ts";
import { fieldsOf } from "./captured-fields.ts";
import type { TcpStream } from "./tcp-reassembly.ts";

/** A 4over6 message as it was captured. docs/protocol.md#messages */
export type CapturedMessage = {
  /** The length field: the whole message, in bytes. */
  readonly length: number;
  readonly type: 100 | 101 | 102 | 103 | 104;
  /** `length - 5` bytes. */
  readonly data: Uint8Array;
  /** When its last byte had arrived, in microseconds since the first packet of the capture. */
  readonly atMicroseconds: number;
};

const headerLength = 5;
const types = [100, 101, 102, 103, 104] as const;

/**
 * Splits one direction of a captured tunnel connection into its messages: the plain way, which is possible since the whole stream is there.
 *
 * It knows no tolerance. A length below 5, an unknown type, data where none belongs, a 102 or 103 that is not one IPv4 packet, and bytes
 * left over at the end throw a `CaptureError`.
 */
export function splitMessages(stream: TcpStream): CapturedMessage[] {
  const messages: CapturedMessage[] = [];
  let offset = 0;
  while (offset < stream.bytes.length) {
    const rest = stream.bytes.subarray(offset);
    const header = fieldsOf(rest, headerLength, `message header at byte ${offset} of the stream`);
    const length = header.getUint32(0, true);
    const type = types.find((known) => known === header.getUint8(4));
    if (length < headerLength || length > rest.length)
      throw new CaptureError(
        `The message at byte ${offset} claims ${counted(length, "byte")}, and ${counted(rest.length, "is", "are")} left; this is no 4over6 stream.`,
      );
    if (type === undefined)
      throw new CaptureError(`The message at byte ${offset} is of type ${header.getUint8(4)}, which 4over6 does not have.`);
    const data = rest.slice(headerLength, length);
    checkData(type, data, offset);
    offset += length;
    messages.push({ length, type, data, atMicroseconds: arrivalOf(offset, stream) });
  }
  return messages;
}

function checkData(type: CapturedMessage["type"], data: Uint8Array, offset: number): void {
  const fits = {
    100: () => data.length === 0,
    101: () => data.length > 0,
    102: () => isOnePacket(data),
    103: () => isOnePacket(data),
    104: () => data.length === 0,
  }[type]();
  if (!fits)
    throw new CaptureError(
      `The message at byte ${offset} is a ${type} with ${counted(data.length, "byte of data that does", "bytes of data that do")} not belong there.`,
    );
}

function isOnePacket(data: Uint8Array): boolean {
  if (data.length < 20) return false;
  const fields = fieldsOf(data, 20, "IPv4 header");
  return fields.getUint8(0) >> 4 === 4 && fields.getUint16(2) === data.length;
}

/** When the stream had grown to `length` bytes. */
function arrivalOf(length: number, { segments }: TcpStream): number {
  let arrived = 0;
  for (const { atMicroseconds, bytes } of segments) {
    arrived += bytes.length;
    if (arrived >= length) return atMicroseconds;
  }
  throw new CaptureError(`The stream has no byte ${length}.`);
}
