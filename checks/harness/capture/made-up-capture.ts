import { concat } from "#kit/bytes.ts";
import type { Capture } from "./pcap-file.ts";

// Captures and packets made up for the tests of this folder, every field of them chosen.

type MadeUpRecord = {
  readonly seconds?: number;
  readonly microseconds?: number;
  readonly bytes: Uint8Array;
  readonly originalLength?: number;
};

export type MadeUpFile = {
  readonly littleEndian?: boolean;
  readonly magicNumber?: number;
  readonly version?: readonly [major: number, minor: number];
  readonly snapshotLength?: number;
  readonly linkNumber?: number;
  readonly records?: readonly MadeUpRecord[];
};

/** A pcap file: Ethernet, version 2.4, little-endian, unless told otherwise. */
export function pcapFile(file: MadeUpFile): Uint8Array {
  const { littleEndian = true, magicNumber = 0xa1b2c3d4, version = [2, 4], snapshotLength = 65_535, linkNumber = 1, records = [] } = file;
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, magicNumber, littleEndian);
  header.setUint16(4, version[0], littleEndian);
  header.setUint16(6, version[1], littleEndian);
  header.setUint32(16, snapshotLength, littleEndian);
  header.setUint32(20, linkNumber, littleEndian);
  return concat(new Uint8Array(header.buffer), ...records.map((record) => recordOf(record, littleEndian)));
}

function recordOf(
  { seconds = 0, microseconds = 0, bytes, originalLength = bytes.length }: MadeUpRecord,
  littleEndian: boolean,
): Uint8Array {
  const header = new DataView(new ArrayBuffer(16));
  for (const [index, value] of [seconds, microseconds, bytes.length, originalLength].entries())
    header.setUint32(index * 4, value, littleEndian);
  return concat(new Uint8Array(header.buffer), bytes);
}

export type MadeUpSegment = {
  readonly from?: "client" | "server";
  readonly sequenceNumber: number;
  readonly acknowledgementNumber?: number;
  /** `S`, `F`, `R`; an acknowledgement number makes an ACK. */
  readonly flags?: string;
  readonly payload?: Uint8Array;
  readonly moreFragments?: boolean;
};

/** An IPv4 packet with a TCP segment between 10.0.0.1:1025 (the client) and 10.0.0.2:80. Both checksums are 0, and so wrong. */
export function tcpPacket(segment: MadeUpSegment): Uint8Array {
  const { from = "client", sequenceNumber, acknowledgementNumber, flags = "", payload = new Uint8Array(), moreFragments } = segment;
  const bytes = concat(new Uint8Array(40), payload);
  const view = new DataView(bytes.buffer);
  bytes.set([0x45, 0, 0, 0, 0, 0, moreFragments === true ? 0x20 : 0, 0, 64, 6]);
  view.setUint16(2, bytes.length);
  const [client, server] = [
    { host: [10, 0, 0, 1], port: 1025 },
    { host: [10, 0, 0, 2], port: 80 },
  ] as const;
  const [sender, receiver] = from === "client" ? [client, server] : [server, client];
  bytes.set(sender.host, 12);
  bytes.set(receiver.host, 16);
  view.setUint16(20, sender.port);
  view.setUint16(22, receiver.port);
  view.setUint32(24, sequenceNumber % 2 ** 32);
  view.setUint32(28, (acknowledgementNumber ?? 0) % 2 ** 32);
  view.setUint8(32, 5 << 4);
  const bits = { F: 0x01, S: 0x02, R: 0x04 };
  const set = Object.entries(bits).reduce((sum, [letter, bit]) => (flags.includes(letter) ? sum | bit : sum), 0);
  view.setUint8(33, set | (acknowledgementNumber === undefined ? 0 : 0x10));
  return bytes;
}

/** A capture of raw IP packets, one every 1000 microseconds. */
export function rawIpCapture(packets: readonly Uint8Array[]): Capture {
  return {
    linkType: "raw-ip",
    startMicroseconds: 0,
    packets: packets.map((bytes, index) => ({ atMicroseconds: index * 1000, bytes, originalLength: bytes.length })),
  };
}
