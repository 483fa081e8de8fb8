import { counted } from "#kit/counted.ts";
import type { TcpSegment } from "../capture/tcp-segment.ts";
import { createMessageSplitter } from "./message-splitter.ts";
import { eventView } from "./message-words.ts";
import { type PacketView, segmentWords, viewPacket } from "./packet-words.ts";
import type { RecordedPacket, Recording } from "./read-recording.ts";
import { createStreamOrder } from "./stream-order.ts";
import { connectionKey, findTunnels, type Tunnel } from "./tunnels.ts";

/** A packet, ready to be shown. */
export type DescribedPacket = {
  readonly packet: RecordedPacket;
  /** From 1. */
  readonly number: number;
  /** In one line; what else it completes has more. */
  readonly lines: readonly string[];
  /** What it can be asked for by. */
  readonly tags: ReadonlySet<string>;
};

export type DescribedRecording = { readonly tunnels: readonly Tunnel[]; readonly packets: readonly DescribedPacket[] };

type Words = { readonly lines: readonly string[]; readonly tags: readonly string[] };

/** Every packet of a recording in words. The messages of a tunnel stand at the segment that completes them. */
export function describeRecording({ packets }: Recording): DescribedRecording {
  const views = packets.map(({ link, bytes }) => viewPacket(link, bytes));
  const tunnels = findTunnels(views);
  const directions = new Map<string, (segment: TcpSegment) => Words>();

  function wordsOf({ words, tags, tcp }: PacketView): Words {
    const tunnel = tcp && tunnels.get(connectionKey(tcp));
    if (tcp === undefined || tunnel === undefined) return { lines: [words], tags };
    const key = `${tcp.from} ${tcp.to}`;
    const describe = directions.get(key) ?? createStreamDescriber();
    directions.set(key, describe);
    const arrow = tcp.from === tunnel.client ? ">" : "<";
    const found = describe(tcp.segment);
    return { lines: found.lines.map((line) => `${tunnel.name}${arrow} ${line}`), tags: [...tags, ...found.tags] };
  }

  return {
    tunnels: [...tunnels.values()],
    packets: packets.map((packet, index) => {
      const { lines, tags } = wordsOf(views[index] ?? { words: "", tags: [] });
      return { packet, number: index + 1, lines, tags: new Set(tags) };
    }),
  };
}

/** Reads one direction of a tunnel, segment by segment. */
function createStreamDescriber(): (segment: TcpSegment) => Words {
  const order = createStreamOrder();
  const splitter = createMessageSplitter();
  return (segment) => {
    const wasLost = splitter.isLost();
    const pieces = order.add(segment);
    const events = pieces.flatMap((piece) => splitter.add(piece)).map(eventView);
    const begun = splitter.waiting();
    const { payload } = segment;
    const plain = `TCP ${segmentWords(segment)}`;
    const tags = events.flatMap((event) => event.tags);
    if (payload.length === 0) return { lines: [plain], tags };
    if (wasLost) return { lines: [`${plain}, behind a framing error`], tags };
    if (pieces.length === 0) return { lines: [`${plain}, out of order or sent again`], tags };
    if (events.length === 0) return { lines: [`${plain}; ${counted(begun, "byte")} of a message so far`], tags };
    const next = begun === 0 ? [] : [`and the first ${begun === 1 ? "byte" : `${begun} bytes`} of the next message`];
    return { lines: [...events.map(({ words }) => words), ...next], tags };
  };
}
