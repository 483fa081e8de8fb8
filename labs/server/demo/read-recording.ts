import { readFileSync } from "node:fs";
import type { RecordedPacket } from "./story.ts";

const fileHeaderLength = 24;
const recordHeaderLength = 16;

/** Reads a capture file that the kit has written: little-endian, with times in microseconds. */
export function readRecording(path: string): readonly RecordedPacket[] {
  const file = readFileSync(path);
  const packets: RecordedPacket[] = [];
  for (let offset = fileHeaderLength; offset + recordHeaderLength <= file.length; ) {
    const time = file.readUInt32LE(offset) * 1000 + file.readUInt32LE(offset + 4) / 1000;
    const start = offset + recordHeaderLength;
    offset = start + file.readUInt32LE(offset + 8);
    packets.push({ time, base64: file.subarray(start, offset).toString("base64") });
  }
  return packets;
}
