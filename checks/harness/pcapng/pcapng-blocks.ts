import { concat } from "#kit/bytes.ts";
import type { LinkType } from "../capture/pcap-layout.ts";

// A pcapng file is a list of blocks (draft-ietf-opsawg-pcapng): one that begins a section, one for each interface, one for each packet.
// Unlike classic pcap it has room for comments, and for packets of different links. Numbers are little-endian here; readers see it by a
// number in the first block.

/** Block types (section 11.1 of the draft). */
export const blockTypes = { section: 0x0a0d0d0a, interface: 1, packet: 6 } as const;

/** Option codes; 1 means the same in every block. */
export const optionCodes = {
  end: 0,
  comment: 1,
  application: 4,
  interfaceName: 2,
  interfaceDescription: 3,
  timeResolution: 9,
  packetFlags: 2,
} as const;

/** The first block tells by this number in which byte order the section is written. */
export const byteOrderMagic = 0x1a2b3c4d;

export const linkNumbers: Readonly<Record<LinkType, number>> = { ethernet: 1, "raw-ip": 101 };

/** An option's value is at most 65535 bytes long. Nobody reads a comment that is longer than this. */
const longestText = 8000;

export function shortened(text: string): string {
  return text.length > longestText + 1 ? `${text.slice(0, longestText)}…` : text;
}

type Option = readonly [code: number, value: Uint8Array];

/** The block that a file begins with. It names the program, and no computer. */
export function sectionHeader({ application, comment }: { readonly application: string; readonly comment: string }): Uint8Array {
  const anyLength = 0xffff_ffff;
  const fixed = words(byteOrderMagic, 1, anyLength, anyLength);
  return block(blockTypes.section, fixed, [text(optionCodes.comment, comment), text(optionCodes.application, application)]);
}

/** An interface; packets name it by its place among the others, from 0. Their times are in microseconds. */
export function interfaceDescription(link: LinkType, name: string, description: string): Uint8Array {
  const noLimit = 0;
  return block(blockTypes.interface, words(linkNumbers[link], noLimit), [
    text(optionCodes.interfaceName, name),
    text(optionCodes.interfaceDescription, description),
  ]);
}

export type PacketBlock = {
  /** The place of its interface. */
  readonly interface: number;
  readonly atMicroseconds: number;
  readonly bytes: Uint8Array;
  readonly inbound: boolean;
  /** None when empty. */
  readonly comment: string;
};

export function packetBlock({ interface: number, atMicroseconds, bytes, inbound, comment }: PacketBlock): Uint8Array {
  const [high, low] = [Math.floor(atMicroseconds / 2 ** 32), atMicroseconds % 2 ** 32];
  const fixed = concat(words(number, high, low, bytes.length, bytes.length), padded(bytes));
  const comments = comment === "" ? [] : [text(optionCodes.comment, comment)];
  return block(blockTypes.packet, fixed, [...comments, [optionCodes.packetFlags, words(inbound ? 1 : 2)]]);
}

/** Type and length, the body, its options, and the length once more, so that a file can be read backwards. */
function block(type: number, fixed: Uint8Array, options: readonly Option[]): Uint8Array {
  const body = concat(fixed, ...options.map(optionBytes), words(optionCodes.end));
  const length = body.length + 12;
  return concat(words(type, length), body, words(length));
}

function optionBytes([code, value]: Option): Uint8Array {
  return concat(words(code + value.length * 2 ** 16), padded(value));
}

function text(code: number, value: string): Option {
  return [code, new TextEncoder().encode(shortened(value))];
}

function words(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value, true);
  return new Uint8Array(view.buffer);
}

/** Everything begins at a multiple of four. */
function padded(bytes: Uint8Array): Uint8Array {
  return concat(bytes, new Uint8Array((4 - (bytes.length % 4)) % 4));
}
