import { CaptureError } from "../capture/capture-error.ts";
import { checkPacketCount, type LinkType } from "../capture/pcap-layout.ts";
import { blockTypes, linkNumbers, optionCodes, shortened } from "./pcapng-blocks.ts";
import { type Block, type Option, padded, readBlocks } from "./read-blocks.ts";

/** A packet of a pcapng file. */
type PcapngPacket = {
  readonly link: LinkType;
  /** Of its interface; empty when the file does not say. */
  readonly interfaceName: string;
  /** Since 1970. */
  readonly atMicroseconds: number;
  readonly bytes: Uint8Array;
  /** How long it was on the wire. */
  readonly originalLength: number;
  /** Empty when there is none. */
  readonly comment: string;
};

export type PcapngFile = {
  /** The program that wrote the file, and what it says of it; empty when it does not. */
  readonly application: string;
  readonly comment: string;
  readonly packets: readonly PcapngPacket[];
};

type Interface = { readonly link: LinkType; readonly name: string; readonly ticksPerSecond: number };

/** Kinds of packets that no program writes today, without a time or without an interface. */
const outdated: readonly number[] = [2, 3];

/** The packets of a pcapng file (draft-ietf-opsawg-pcapng). Throws a `CaptureError`; `name` is what its sentence calls the file. */
export function parsePcapng(file: Uint8Array, name: string): PcapngFile {
  const packets: PcapngPacket[] = [];
  let interfaces: Interface[] = [];
  let about: Pick<PcapngFile, "application" | "comment"> | undefined;
  let blockCount = 0;
  for (const block of readBlocks(file, name)) {
    // Nearly all of them are packets.
    checkPacketCount(++blockCount, name);
    if (block.type === blockTypes.section) {
      const options = block.options(16);
      about ??= { application: textOf(options, optionCodes.application), comment: textOf(options, optionCodes.comment) };
      interfaces = [];
    } else if (block.type === blockTypes.interface) interfaces.push(interfaceOf(block));
    else if (block.type === blockTypes.packet) packets.push(packetOf(block, interfaces));
    else if (outdated.includes(block.type))
      throw new CaptureError(`${block.where} is of an outdated kind (${block.type}); convert the file with: editcap -F pcap OLD NEW`);
  }
  return { application: "", comment: "", ...about, packets };
}

function interfaceOf({ uint16, options, where }: Block): Interface {
  const number = uint16(0);
  const link = (Object.keys(linkNumbers) as LinkType[]).find((type) => linkNumbers[type] === number);
  if (link === undefined)
    throw new CaptureError(
      `${where} has link type ${number}, and only Ethernet (1) and raw IP (101) are read; record on one interface (not "any").`,
    );
  const found = options(8);
  // A power of ten, or of two where the first bit is set. Microseconds when nothing is said.
  const [resolution = 6] = found.find(([code]) => code === optionCodes.timeResolution)?.[1] ?? [];
  const ticksPerSecond = (resolution & 0x80) === 0 ? 10 ** resolution : 2 ** (resolution & 0x7f);
  return { link, name: textOf(found, optionCodes.interfaceName), ticksPerSecond };
}

function packetOf({ uint32, bytes, options, where }: Block, interfaces: readonly Interface[]): PcapngPacket {
  const found = interfaces[uint32(0)];
  if (found === undefined)
    throw new CaptureError(`${where} belongs to interface ${uint32(0)}, which is not described; the file is damaged, copy it again.`);
  const ticks = (BigInt(uint32(4)) << 32n) | BigInt(uint32(8));
  const length = uint32(12);
  return {
    link: found.link,
    interfaceName: found.name,
    atMicroseconds: Math.round(Number(ticks) / (found.ticksPerSecond / 1e6)),
    bytes: bytes(20, length).slice(),
    originalLength: uint32(16),
    comment: textOf(options(20 + padded(length)), optionCodes.comment),
  };
}

/** There may be several of a kind. Cut to what people read: to break a text into lines takes time. */
function textOf(options: readonly Option[], wanted: number): string {
  return shortened(options.flatMap(([code, value]) => (code === wanted ? [new TextDecoder().decode(value)] : [])).join("\n"));
}
