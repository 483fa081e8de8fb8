import { concat } from "#kit/bytes.ts";
import { udpPacket } from "../conformance/client/packets.ts";
import { heartbeat, internetRequest, ipRequest, lyingMessage, message } from "../conformance/client/wire.ts";

/** Numbers that look random and follow from a seed, from 0 to below 1. */
export type Random = () => number;

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function oneOf<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[below(random, values.length)];
  if (value === undefined) throw new RangeError("There is nothing to choose from.");
  return value;
}

export function randomBytes(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => below(random, 256));
}

/** Lengths at which programs break, and some between. */
const lengths = [0, 1, 4, 5, 6, 4100, 4101, 4102, 4104, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** Well-formed messages and others, as they come to mind. */
function anyMessage(random: Random): Uint8Array {
  const types = [ipRequest, 101, internetRequest, 103, heartbeat, 0, 99, 105, 255];
  const packet = udpPacket(`13.8.0.${below(random, 256)}`, `13.8.0.${below(random, 256)}`, 9, new Uint8Array(below(random, 1400)));
  switch (below(random, 5)) {
    case 0:
      return message(oneOf(random, types), randomBytes(random, below(random, 60)));
    case 1:
      return message(internetRequest, packet);
    case 2:
      return message(internetRequest, changedSomewhere(random, packet));
    case 3:
      return lyingMessage(oneOf(random, lengths), oneOf(random, types), randomBytes(random, below(random, 60)));
    default:
      return message(oneOf(random, [ipRequest, heartbeat]));
  }
}

/** One bit is another one. */
function changedSomewhere(random: Random, bytes: Uint8Array): Uint8Array {
  const changed = new Uint8Array(bytes);
  const at = below(random, changed.length);
  changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
  return changed;
}

/** A stream of messages with which something is wrong: bits that flip, pieces that are missing, doubled or lie about their length. */
export function malformedStream(random: Random): Uint8Array {
  const stream = concat(...Array.from({ length: 1 + below(random, 20) }, () => anyMessage(random)));
  const at = below(random, stream.length);
  switch (below(random, 4)) {
    case 0:
      return changedSomewhere(random, stream);
    case 1:
      return concat(stream.subarray(0, at), stream.subarray(Math.min(stream.length, at + 1 + below(random, 8))));
    case 2:
      return concat(stream.subarray(0, at), randomBytes(random, 1 + below(random, 8)), stream.subarray(at));
    default:
      return stream;
  }
}

/** The stream in chunks as TCP might cut it. */
export function inChunks(random: Random, stream: Uint8Array): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < stream.length; ) {
    const end = start + 1 + below(random, oneOf(random, [3, 100, 5000]));
    chunks.push(stream.subarray(start, end));
    start = end;
  }
  return chunks;
}
