import { rawMessage } from "#checks/lab-1-codec/any-message.ts";
import type { AddressGrant } from "#contract/lab-1-codec.ts";
import { fromHex } from "#kit/bytes.ts";
import { classicServer } from "./classic-server.ts";
import { describeMessageBytes } from "./describe-traffic.ts";

/** Bytes on the connection, and what they are in words. */
export type Wire = { readonly bytes: Uint8Array; readonly words: string };

/** A message of any type, known or not. */
export function message(type: number, data: Uint8Array = new Uint8Array()): Wire {
  const bytes = rawMessage(type, data);
  return { bytes, words: describeMessageBytes(bytes) };
}

/** Bytes that are not what a message should be. */
export function raw(hex: string, words: string): Wire {
  return { bytes: fromHex(hex), words: `${hex} (${words})` };
}

/** The beginning of something. */
export function firstBytes(length: number, { bytes, words }: Wire): Wire {
  return { bytes: bytes.slice(0, length), words: `${length === 1 ? "the first byte" : `the first ${length} bytes`} of: ${words}` };
}

export const request = message(100);
export const heartbeat = message(104);

/** A packet on its way up, as a 102. */
export function upload(packet: Uint8Array): Wire {
  return message(102, packet);
}

/** A packet on its way down, as a 103. */
export function download(packet: Uint8Array): Wire {
  return message(103, packet);
}

/** The 101 that lends `address`. */
export function grant(address: string, { route, dns }: Pick<AddressGrant, "route" | "dns"> = classicServer): Wire {
  return message(101, new TextEncoder().encode([address, route, ...dns].join(" ")));
}

/** Headers that no message can have, by themselves: nothing need follow to see it. */
export const lostFraming: readonly Wire[] = [
  raw("0000000066", "a 102 with the length 0"),
  raw("0300000066", "a 102 with the length 3"),
  raw("0400000065", "a 101 with the length 4"),
  raw("0610000066", "a 102 with the length 4102"),
  raw("8813000063", "the unknown type 99 with the length 5000"),
  raw("0000008066", "a 102 with the length 2^31"),
  raw("ffffffff66", "a 102 with the length 2^32 - 1"),
];

export const badHeader = raw("0300000066", "a 102 with the length 3");
