import { counted } from "#kit/counted.ts";
import { CaptureError } from "./capture-error.ts";

/** What the packets of a capture begin with: an Ethernet header, or (a TUN device has no link layer) an IP header. */
export type LinkType = "ethernet" | "raw-ip";

/** What the headers of a pcap file say, every one of them checked against the bytes that are there. */
export type PcapLayout = { readonly linkType: LinkType; readonly packetCount: number };

const globalHeaderLength = 24;
const recordHeaderLength = 16;
/** The longest packet that tcpdump and Wireshark record, and what a snapshot length of 0 stands for. */
const longestPacket = 262_144;

/** Each takes some hundred bytes of memory, also one that holds nothing. */
const mostPackets = 1_000_000;

const linkTypes: Readonly<Record<number, LinkType>> = { 1: "ethernet", 101: "raw-ip" };

/** File kinds that people take for pcap, by their first four bytes, and what to do about each. */
const otherKinds: Readonly<Record<string, string>> = {
  "0a0d0d0a": "is a pcapng file; convert it with: editcap -F pcap OLD NEW",
  a1b23c4d: "has timestamps in nanoseconds; convert it with: editcap -F pcap OLD NEW",
  "4d3cb2a1": "has timestamps in nanoseconds; convert it with: editcap -F pcap OLD NEW",
  a1b2cd34: "is a modified pcap file of an old Linux; convert it with: editcap -F pcap OLD NEW",
  "34cdb2a1": "is a modified pcap file of an old Linux; convert it with: editcap -F pcap OLD NEW",
};

/**
 * Checks a whole pcap file: the global header, then the length of every record against the bytes that follow it.
 *
 * Throws a `CaptureError`; `name` is what its sentence calls the file. The format: draft-ietf-opsawg-pcap.
 */
export function checkPcapLayout(bytes: Uint8Array, name: string): PcapLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const littleEndian = checkMagicNumber(view, name);
  const version = `${view.getUint16(4, littleEndian)}.${view.getUint16(6, littleEndian)}`;
  if (version !== "2.4") throw new CaptureError(`${name} says it is pcap version ${version}, and only 2.4 is read; record it again.`);
  const linkNumber = view.getUint32(20, littleEndian);
  const linkType = linkTypes[linkNumber];
  if (linkType === undefined)
    throw new CaptureError(
      `${name} has link type ${linkNumber}, and only Ethernet (1) and raw IP (101) are read; record on one interface (not "any").`,
    );
  const snapshotLength = view.getUint32(16, littleEndian);
  const longest = snapshotLength === 0 ? longestPacket : Math.min(snapshotLength, longestPacket);
  return { linkType, packetCount: countRecords(view, littleEndian, longest, name) };
}

/** Throws a `CaptureError` when a capture has more packets than are read. `name` is what its sentence calls the file. */
export function checkPacketCount(count: number, name: string): void {
  if (count > mostPackets)
    throw new CaptureError(`${name} holds more than the ${mostPackets} packets that are read; split it with: editcap -c 10000 OLD NEW`);
}

/** Whether the file is little-endian; the magic number 0xa1b2c3d4 tells. */
function checkMagicNumber(view: DataView, name: string): boolean {
  if (view.byteLength === 0) throw new CaptureError(`${name} is empty; copy it again.`);
  if (view.byteLength >= 4) {
    const first = view.getUint32(0).toString(16).padStart(8, "0");
    const otherKind = otherKinds[first];
    if (otherKind !== undefined) throw new CaptureError(`${name} ${otherKind}`);
    if (first !== "a1b2c3d4" && first !== "d4c3b2a1")
      throw new CaptureError(`${name} is not a pcap file: it begins with the bytes ${first.replace(/..(?!$)/g, "$& ")}; give a capture.`);
  }
  if (view.byteLength < globalHeaderLength)
    throw new CaptureError(
      `${name} ends after ${counted(view.byteLength, "byte")}, within the ${globalHeaderLength} of its header; copy it again.`,
    );
  return view.getUint32(0) === 0xd4c3b2a1;
}

/** Walks from record to record. `longest` is the longest packet that the header allows. */
function countRecords(view: DataView, littleEndian: boolean, longest: number, name: string): number {
  let count = 0;
  let offset = globalHeaderLength;
  while (offset < view.byteLength) {
    count += 1;
    checkPacketCount(count, name);
    const where = `${name}: packet ${count}, whose record begins at byte ${offset},`;
    const left = view.byteLength - offset - recordHeaderLength;
    if (left < 0) throw new CaptureError(`${where} is cut in its record header, where the file ends; copy the file again.`);
    const microseconds = view.getUint32(offset + 4, littleEndian);
    const length = view.getUint32(offset + 8, littleEndian);
    if (length > longest)
      throw new CaptureError(
        `${where} claims ${counted(length, "byte")}, and the file allows ${longest}; the file is damaged, copy it again.`,
      );
    if (length > left)
      throw new CaptureError(
        `${where} is cut: ${counted(length, "byte is", "bytes are")} announced and ${counted(left, "is", "are")} there; copy the file again.`,
      );
    if (microseconds > 999_999)
      throw new CaptureError(`${where} is stamped ${microseconds} microseconds past a second; the file is damaged, copy it again.`);
    offset += recordHeaderLength + length;
  }
  return count;
}
