import { counted } from "#kit/counted.ts";
import { CaptureError } from "../capture/capture-error.ts";
import { blockTypes, byteOrderMagic, optionCodes } from "./pcapng-blocks.ts";

/** A block of a pcapng file. Each function throws a `CaptureError` for what is not there. */
export type Block = {
  readonly type: number;
  /** Names it in a sentence: `x.pcapng: the block at byte 28`. */
  readonly where: string;
  /** Numbers and bytes of its body, counted from behind type and length. */
  readonly uint16: (offset: number) => number;
  readonly uint32: (offset: number) => number;
  readonly bytes: (offset: number, length: number) => Uint8Array;
  /** The options, which begin at `offset`. */
  readonly options: (offset: number) => readonly Option[];
};

/** Programs write a handful for each block. */
const mostOptions = 1000;

export type Option = readonly [code: number, value: Uint8Array];

/** The blocks of a pcapng file of either byte order, one after the other. Throws a `CaptureError` when the file is cut or damaged. */
export function* readBlocks(file: Uint8Array, name: string): Generator<Block> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  let littleEndian = true;
  for (let at = 0; at < file.length; ) {
    const where = `${name}: the block at byte ${at}`;
    if (file.length - at < 12) throw new CaptureError(`${where} is cut, where the file ends; copy the file again.`);
    // The first block's type is the same in either order.
    if (at === 0 || view.getUint32(at) === blockTypes.section) littleEndian = sectionOrder(view, at, where);
    const length = lengthOf(view, at, littleEndian, where);
    yield blockOf(new DataView(view.buffer, view.byteOffset + at, length), littleEndian, where);
    at += length;
  }
}

/** Whether a section is little-endian. */
function sectionOrder(view: DataView, at: number, where: string): boolean {
  const magic = view.getUint32(at + 8, true);
  if (magic !== byteOrderMagic && view.getUint32(at + 8) !== byteOrderMagic)
    throw new CaptureError(`${where} begins no section of a pcapng file; the file is damaged, copy it again.`);
  return magic === byteOrderMagic;
}

/** A block says its length twice. */
function lengthOf(view: DataView, at: number, littleEndian: boolean, where: string): number {
  const left = view.byteLength - at;
  const length = view.getUint32(at + 4, littleEndian);
  if (length < 12 || length % 4 !== 0)
    throw new CaptureError(`${where} claims ${counted(length, "byte")}; the file is damaged, copy it again.`);
  if (length > left)
    throw new CaptureError(
      `${where} is cut: ${counted(length, "byte is", "bytes are")} announced and ${counted(left, "is", "are")} there; copy the file again.`,
    );
  if (view.getUint32(at + length - 4, littleEndian) !== length)
    throw new CaptureError(`${where} ends otherwise than it begins; the file is damaged, copy it again.`);
  return length;
}

function blockOf(whole: DataView, littleEndian: boolean, where: string): Block {
  const body = new DataView(whole.buffer, whole.byteOffset + 8, whole.byteLength - 12);

  function need(length: number): void {
    if (body.byteLength < length) throw new CaptureError(`${where} is too short for what it holds; the file is damaged, copy it again.`);
  }
  function bytes(offset: number, length: number): Uint8Array {
    need(offset + length);
    return new Uint8Array(body.buffer, body.byteOffset + offset, length);
  }
  function uint16(offset: number): number {
    need(offset + 2);
    return body.getUint16(offset, littleEndian);
  }
  function uint32(offset: number): number {
    need(offset + 4);
    return body.getUint32(offset, littleEndian);
  }
  function options(offset: number): readonly Option[] {
    const found: Option[] = [];
    for (let at = offset; at < body.byteLength; at += 4 + padded(uint16(at + 2))) {
      const code = uint16(at);
      if (code === optionCodes.end) break;
      if (found.length === mostOptions)
        throw new CaptureError(`${where} has more than ${mostOptions} options; the file is damaged, copy it again.`);
      found.push([code, bytes(at + 4, uint16(at + 2))]);
    }
    return found;
  }
  return { type: whole.getUint32(0, littleEndian), where, uint16, uint32, bytes, options };
}

/** Everything begins at a multiple of four. */
export function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
