import { parseCapture, readCaptureFile } from "../capture/pcap-file.ts";
import type { LinkType } from "../capture/pcap-layout.ts";
import { applicationName } from "../pcapng/failure-capture.ts";
import { parsePcapng } from "../pcapng/parse-pcapng.ts";

/** A packet of a recording of either format. */
export type RecordedPacket = {
  readonly link: LinkType;
  /** Since the recording's beginning. */
  readonly atMicroseconds: number;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  /** What the file says of it; empty when nothing. */
  readonly comment: string;
};

export type Recording = {
  /** What the file says of itself; empty when nothing. */
  readonly comment: string;
  readonly packets: readonly RecordedPacket[];
};

/**
 * Reads a recording: classic pcap, or pcapng as the checks and Wireshark write it. Rejects with a `CaptureError`.
 *
 * @param name what a sentence calls the file
 */
export async function readRecording(path: string, name = path): Promise<Recording> {
  return parseRecording(await readCaptureFile(path, name), name);
}

/** The same of a file's bytes. */
export function parseRecording(bytes: Uint8Array, name: string): Recording {
  if (!isPcapng(bytes)) {
    const { linkType, packets } = parseCapture(bytes, name);
    return { comment: "", packets: packets.map((packet) => ({ ...packet, link: linkType, comment: "" })) };
  }
  const { application, comment, packets } = parsePcapng(bytes, name);
  // In our own files time is the scenario's.
  const start = application === applicationName ? 0 : (packets[0]?.atMicroseconds ?? 0);
  return { comment, packets: packets.map((packet) => ({ ...packet, atMicroseconds: packet.atMicroseconds - start })) };
}

function isPcapng(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === 0x0a0d0d0a;
}
