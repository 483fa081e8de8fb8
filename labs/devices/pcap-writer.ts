import { type FileHandle, open } from "node:fs/promises";
import { DeviceError } from "./device-error.ts";
import { type LinkType, pcapFileHeader, pcapRecordLength, putPcapRecord } from "./pcap-format.ts";

/** Records are gathered in blocks of memory, and a block is written at once. The largest record fits. */
const blockLength = 512 * 1024;

/** How many blocks may wait for a slow disk. */
const mostBlocks = 16;

export type PcapWriterOptions = {
  readonly linkType: LinkType;
  /** The longest file, in bytes; then recording ends. 1 GiB if left out. */
  readonly maxBytes?: number;
  /** Hears why recording has ended (`recording-failed`, `recording-full`) or has gaps (`recording-behind`): of each at most once. */
  readonly onProblem?: (problem: DeviceError) => void;
  /** The time of a packet, in milliseconds since 1970, with fractions. The system's clock if left out. */
  readonly now?: () => number;
};

/** A capture file that is being written. Whatever happens to it, the traffic goes on. */
export type PcapWriter = {
  /** Takes a copy of the packet. Never waits and never throws. */
  readonly write: (packet: Uint8Array) => void;
  /** Writes what is left and closes the file. Never rejects. */
  readonly close: () => Promise<void>;
};

type Block = { readonly view: DataView; used: number };

/**
 * Starts a classic pcap file, in place of one that was there. At every moment the file is readable up to its last whole record, also when
 * the disk has become full.
 *
 * Rejects with a `DeviceError` (`recording-failed`) when the file cannot be made.
 */
export async function createPcapWriter(path: string, options: PcapWriterOptions): Promise<PcapWriter> {
  const { linkType, maxBytes = 1024 ** 3, onProblem = () => {}, now = () => performance.timeOrigin + performance.now() } = options;
  const header = pcapFileHeader(linkType);
  const file = await startFile(path, header);

  let recording = true;
  let behind = false;
  /** What is in the file, and what it will be when all blocks are written. */
  let written = header.length;
  let total = header.length;
  const blocks: Block[] = [];
  const spare: Block[] = [];
  let writing: Promise<void> | undefined;
  let closing: Promise<void> | undefined;

  const writeBlocks = async (): Promise<void> => {
    try {
      for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
        await writeAll(file, new Uint8Array(block.view.buffer, 0, block.used));
        written += block.used;
        block.used = 0;
        spare.push(block);
      }
    } catch (cause) {
      recording = false;
      blocks.length = 0;
      // A record that is cut would make the whole file suspect.
      await file.truncate(written).catch(() => {});
      onProblem(
        new DeviceError("recording-failed", `Recording to ${path} has ended (${reasonOf(cause)}); traffic goes on without it.`, { cause }),
      );
    }
    writing = undefined;
  };

  /** The block with room for `length` more bytes. */
  const blockFor = (length: number): Block | undefined => {
    const last = blocks.at(-1);
    if (last !== undefined && last.used + length <= blockLength) return last;
    if (blocks.length >= mostBlocks) return undefined;
    const block = spare.pop() ?? { view: new DataView(new ArrayBuffer(blockLength)), used: 0 };
    blocks.push(block);
    return block;
  };

  const write = (packet: Uint8Array): void => {
    if (!recording) return;
    const length = pcapRecordLength(packet);
    if (total + length > maxBytes) {
      recording = false;
      onProblem(
        new DeviceError("recording-full", `Recording to ${path} has ended at its limit of ${maxBytes} bytes; traffic goes on without it.`),
      );
      return;
    }
    const block = blockFor(length);
    if (block === undefined) {
      if (!behind)
        onProblem(new DeviceError("recording-behind", `The disk is too slow for ${path}; packets are missing in it from now on.`));
      behind = true;
      return;
    }
    putPcapRecord(block.view, block.used, packet, now());
    block.used += length;
    total += length;
    // What comes in this turn of the event loop goes into the same block.
    writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(writeBlocks);
  };

  const finish = async (): Promise<void> => {
    recording = false;
    await writing;
    await file.close().catch(() => {});
  };

  return {
    write,
    close: () => {
      closing ??= finish();
      return closing;
    },
  };
}

async function startFile(path: string, header: Uint8Array): Promise<FileHandle> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "w");
    await writeAll(file, header);
    return file;
  } catch (cause) {
    await file?.close().catch(() => {});
    throw new DeviceError(
      "recording-failed",
      `${path} cannot be recorded to (${reasonOf(cause)}); name a file in a folder that you may write to.`,
      {
        cause,
      },
    );
  }
}

/** A file takes as much as fits, which need not be all. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
}

function reasonOf(cause: unknown): string {
  const { code = "" } = cause as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: "the disk is full",
    EDQUOT: "your quota is used up",
    ENOENT: "there is no such folder",
    EACCES: "no permission",
    EISDIR: "it is a folder",
    EROFS: "the disk cannot be written to",
  };
  return reasons[code] ?? String(cause);
}
