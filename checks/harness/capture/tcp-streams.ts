import { CaptureError } from "./capture-error.ts";
import { ipLayerOf } from "./ip-layers.ts";
import type { Capture } from "./pcap-file.ts";
import { reassemble, type TcpStream, type TimedSegment } from "./tcp-reassembly.ts";
import { type TcpSegment, tcpSegment } from "./tcp-segment.ts";

/** A TCP connection with what both sides sent. */
export type TcpConnection = {
  /** Who opened it: `[fd64:4:6::2]:42382`, or `13.8.0.2:37122`. */
  readonly client: string;
  readonly server: string;
  readonly directions: { readonly fromClient: TcpStream; readonly fromServer: TcpStream };
};

type Sent = TimedSegment & { readonly from: string; readonly to: string };

/**
 * The TCP connections of a capture, over IPv4 or IPv6, in the order in which they first appear. Checksums are not looked at.
 *
 * Throws a `CaptureError` for a connection that is not there from its SYN on, or not whole.
 */
export function tcpConnections(capture: Capture): TcpConnection[] {
  return groupByConnection(segmentsOf(capture)).map(connectionOf);
}

function segmentsOf({ linkType, packets }: Capture): Sent[] {
  return packets.flatMap(({ atMicroseconds, bytes }) => {
    const packet = ipLayerOf(linkType, bytes);
    if (packet?.protocol !== 6) return [];
    if (packet.isFragment) throw new CaptureError("A TCP segment is fragmented; record with a smaller MTU.");
    const segment = tcpSegment(packet.payload);
    const host = (address: string) => (packet.version === 6 ? `[${address}]` : address);
    const from = `${host(packet.source)}:${segment.sourcePort}`;
    const to = `${host(packet.destination)}:${segment.destinationPort}`;
    return [{ atMicroseconds, segment, from, to }];
  });
}

/** Two connections may use the same addresses and ports, one after the other: a SYN with another sequence number opens the next. */
function groupByConnection(all: readonly Sent[]): Sent[][] {
  const groups: Sent[][] = [];
  const current = new Map<string, Sent[]>();
  for (const sent of all) {
    const key = [sent.from, sent.to].toSorted().join(" ");
    const known = current.get(key);
    const before = known?.find(({ segment }) => opens(segment));
    const opensNext = before !== undefined && opens(sent.segment) && sent.segment.sequenceNumber !== before.segment.sequenceNumber;
    if (known === undefined || opensNext) {
      const group = [sent];
      current.set(key, group);
      groups.push(group);
    } else {
      known.push(sent);
    }
  }
  return groups;
}

function connectionOf(group: readonly Sent[]): TcpConnection {
  const opening = group.find(({ segment }) => opens(segment));
  if (opening === undefined)
    throw new CaptureError(`The connection of ${group[0]?.from} and ${group[0]?.to} has no SYN; start recording before it is made.`);
  const { from: client, to: server } = opening;
  // What a reset carries belongs to no stream.
  const sentBy = (host: string) => group.filter(({ from, segment }) => from === host && !segment.rst);
  const direction = (from: string, to: string) => {
    const acknowledgements = sentBy(to).filter(({ segment }) => segment.ack);
    return reassemble(
      sentBy(from),
      acknowledgements.map(({ segment }) => segment.acknowledgementNumber),
      `${from} > ${to}`,
    );
  };
  return { client, server, directions: { fromClient: direction(client, server), fromServer: direction(server, client) } };
}

function opens(segment: TcpSegment): boolean {
  return segment.syn && !segment.ack;
}
