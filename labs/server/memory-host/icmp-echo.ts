import { onesComplementChecksum } from "./internet-packet.ts";

/** A ping or its answer (RFC 792, "Echo or Echo Reply Message"). */
export type IcmpEcho = {
  readonly kind: "request" | "reply";
  readonly identifier: number;
  readonly sequence: number;
  readonly data: Uint8Array;
};

const types = { reply: 0, request: 8 } as const;
const headerLength = 8;

export function serializeEcho({ kind, identifier, sequence, data }: IcmpEcho): Uint8Array {
  const message = new Uint8Array(headerLength + data.length);
  const view = new DataView(message.buffer);
  message[0] = types[kind];
  view.setUint16(4, identifier);
  view.setUint16(6, sequence);
  message.set(data, headerLength);
  view.setUint16(2, onesComplementChecksum(message));
  return message;
}

/** `undefined` for a damaged message, and for ICMP of another kind. */
export function parseEcho(message: Uint8Array): IcmpEcho | undefined {
  if (message.length < headerLength || onesComplementChecksum(message) !== 0 || message[1] !== 0) return undefined;
  const kind = message[0] === types.request ? "request" : message[0] === types.reply ? "reply" : undefined;
  if (kind === undefined) return undefined;
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  return { kind, identifier: view.getUint16(4), sequence: view.getUint16(6), data: message.subarray(headerLength) };
}
