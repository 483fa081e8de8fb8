import { readFile, stat } from "node:fs/promises";
import { parse } from "pcap-parser";
import { counted } from "#kit/counted.ts";
import { CaptureError } from "./capture-error.ts";
import { checkPcapLayout, type LinkType } from "./pcap-layout.ts";

/** One packet of a capture. */
export type CapturedPacket = {
  /** Microseconds since the first packet. Negative for a packet that was recorded behind the first one but is older. */
  readonly atMicroseconds: number;
  /** What was recorded of the packet; an array of its own, shared with no other packet. */
  readonly bytes: Uint8Array;
  /** How long the packet was on the wire, in bytes: more than `bytes` when the recorder cut it. */
  readonly originalLength: number;
};

/** A recording of traffic. */
export type Capture = {
  readonly linkType: LinkType;
  /** When the first packet was seen, in microseconds since 1970; 0 when there is none. It sets two captures of one event side by side. */
  readonly startMicroseconds: number;
  readonly packets: readonly CapturedPacket[];
};

/** Captures are read whole, into memory. */
const largestFile = 256 * 1024 * 1024;

/**
 * Reads a capture file: classic pcap, timestamps in microseconds, either byte order, Ethernet or raw IP.
 *
 * Rejects with a `CaptureError`, one sentence for the user, when the file is missing, no pcap, of another kind, damaged or over 256 MiB.
 */
export async function readCapture(path: string): Promise<Capture> {
  return parseCapture(await readCaptureFile(path), path);
}

/** The bytes of a capture file of whatever kind. Rejects with a `CaptureError`; `name` is what its sentence calls the file. */
export async function readCaptureFile(path: string, name = path): Promise<Uint8Array> {
  try {
    const file = await stat(path);
    // Looked at before it is opened: a pipe would never end, and a device need not either.
    if (!file.isFile()) throw new CaptureError(`${name} is not a file; give a pcap file.`);
    checkSize(file.size, name);
    return await readFile(path);
  } catch (error) {
    throw error instanceof CaptureError ? error : new CaptureError(whyUnreadable(error, name), { cause: error });
  }
}

/** The capture in the bytes of a pcap file. Throws a `CaptureError`, as `readCapture` does; `name` is what its sentence calls the file. */
export function parseCapture(bytes: Uint8Array, name: string): Capture {
  checkSize(bytes.length, name);
  const { linkType, packetCount } = checkPcapLayout(bytes, name);
  const packets = packetsByPcapParser(bytes, name);
  if (packets.length !== packetCount)
    throw new CaptureError(
      `${name} holds ${counted(packetCount, "packet")}, and pcap-parser found ${packets.length}; report this as a bug of the kit.`,
    );
  const startMicroseconds = packets[0]?.atMicroseconds ?? 0;
  return {
    linkType,
    startMicroseconds,
    packets: packets.map((packet) => ({ ...packet, atMicroseconds: packet.atMicroseconds - startMicroseconds })),
  };
}

/**
 * The packets as `pcap-parser` finds them, with times since 1970.
 *
 * The package says nothing about a file that is cut or damaged, so `checkPcapLayout` comes first. It takes one chunk only: to join two it
 * calls the deprecated `new Buffer`, and bogus lengths then cost quadratic time. Given a source of our own instead of a stream it also does
 * its work at once, so that no event is lost and no file stays open.
 */
function packetsByPcapParser(bytes: Uint8Array, name: string): CapturedPacket[] {
  const packets: CapturedPacket[] = [];
  const feed = new Map<string, (chunk: Buffer) => void>();
  const parser = parse({ pause: () => {}, resume: () => {}, on: (event, listener) => void feed.set(event, listener) });
  parser.on("error", (error) => {
    throw new CaptureError(`${name}: pcap-parser refuses the file (${error.message}); report this as a bug of the kit.`);
  });
  parser.on("packet", ({ header, data }) => {
    packets.push({
      atMicroseconds: header.timestampSeconds * 1_000_000 + header.timestampMicroseconds,
      bytes: Uint8Array.from(data),
      originalLength: header.originalLength,
    });
  });
  feed.get("data")?.(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  return packets;
}

function checkSize(size: number, name: string): void {
  if (size > largestFile)
    throw new CaptureError(
      `${name} has ${size} bytes, more than the ${largestFile} that are read; split it with: editcap -c 10000 OLD NEW`,
    );
}

function whyUnreadable(error: unknown, path: string): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return `There is no file ${path}; check the name.`;
    case "EACCES":
    case "EPERM":
      return `${path} may not be read; check its permissions.`;
    default:
      return `${path} cannot be read (${code}); check the disk and the name.`;
  }
}
