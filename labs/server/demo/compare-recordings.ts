import { counted } from "#kit/counted.ts";
import { summarize } from "../packet-summary.ts";
import type { RecordedPacket } from "./story.ts";

/** How the packets at both ends of the tunnel compare. */
export type Comparison = {
  /** How many packets were at both ends, byte for byte and in the same order. */
  readonly equal: number;
  /** The first difference, in words; `undefined` when there is none. */
  readonly difference: string | undefined;
};

/**
 * Compares what passed the client's device with what passed the server's, each direction by itself. Only the conversation with the web server
 * counts: kernels talk to devices by themselves, too.
 */
export function compareRecordings(
  client: readonly RecordedPacket[],
  server: readonly RecordedPacket[],
  [address, web]: readonly [address: string, web: string],
): Comparison {
  const directions = [
    { name: "from the client", from: address, to: web },
    { name: "to the client", from: web, to: address },
  ];
  let equal = 0;
  for (const { name, from, to } of directions) {
    const [left, right] = [client, server].map((packets) => packets.filter(({ base64 }) => goes(base64, from, to)));
    if (left === undefined || right === undefined) continue;
    const different = left.findIndex(({ base64 }, index) => base64 !== right[index]?.base64);
    if (different >= 0 || left.length !== right.length)
      return {
        equal,
        difference: `${name}, ${counted(left.length, "packet")} passed the client and ${right.length} the server; packet ${(different < 0 ? left.length : different) + 1} differs`,
      };
    equal += left.length;
  }
  return { equal, difference: undefined };
}

function goes(base64: string, from: string, to: string): boolean {
  const packet = summarize(Buffer.from(base64, "base64"));
  return packet?.source === from && packet.destination === to;
}
