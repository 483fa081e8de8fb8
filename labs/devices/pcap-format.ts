/** What a capture holds: IP packets of either version, or Ethernet frames. */
export type LinkType = "raw-ip" | "ethernet";

/** The numbers that stand for them in a capture file (LINKTYPE_RAW and LINKTYPE_ETHERNET). */
const linkTypeNumbers: Readonly<Record<LinkType, number>> = { "raw-ip": 101, ethernet: 1 };

const fileHeaderLength = 24;
const recordHeaderLength = 16;

/** What is kept of a packet at most, in bytes. No packet of a TUN or TAP is longer; readers refuse more. */
const snapLength = 262_144;

/** The beginning of a classic pcap file, version 2.4, with timestamps in microseconds. Numbers are little-endian; readers see it by the first one. */
export function pcapFileHeader(linkType: LinkType): Uint8Array {
  const header = new DataView(new ArrayBuffer(fileHeaderLength));
  header.setUint32(0, 0xa1b2c3d4, true);
  header.setUint16(4, 2, true);
  header.setUint16(6, 4, true);
  header.setUint32(16, snapLength, true);
  header.setUint32(20, linkTypeNumbers[linkType], true);
  return new Uint8Array(header.buffer);
}

/** The length of a packet's record, in bytes. */
export function pcapRecordLength(packet: Uint8Array): number {
  return recordHeaderLength + Math.min(packet.length, snapLength);
}

/**
 * Puts a packet's record into `target`, where there must be room for it.
 *
 * @param time milliseconds since 1970, with fractions
 */
export function putPcapRecord(target: DataView, offset: number, packet: Uint8Array, time: number): void {
  const microseconds = Math.floor(time * 1000);
  const kept = packet.subarray(0, snapLength);
  target.setUint32(offset, Math.floor(microseconds / 1_000_000), true);
  target.setUint32(offset + 4, microseconds % 1_000_000, true);
  target.setUint32(offset + 8, kept.length, true);
  target.setUint32(offset + 12, packet.length, true);
  new Uint8Array(target.buffer, target.byteOffset + offset + recordHeaderLength).set(kept);
}
