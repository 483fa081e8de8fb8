import { tunnelPort } from "../pcapng/tunnel-frames.ts";
import { isPossibleHeader } from "./message-splitter.ts";
import type { PacketView } from "./packet-words.ts";

/** A 4over6 connection in a recording. */
export type Tunnel = {
  /** `A`, `B` … in the order in which they appear. */
  readonly name: string;
  /** `[fd64:4:6::2]:42382` */
  readonly client: string;
  readonly server: string;
};

type Tcp = NonNullable<PacketView["tcp"]>;

/** The tunnels among the TCP connections, by `connectionKey`: those on port 5678, and those that begin like one. */
export function findTunnels(views: readonly PacketView[]): ReadonlyMap<string, Tunnel> {
  const tunnels = new Map<string, Tunnel>();
  const others = new Set<string>();
  const ends = new Map<string, Pick<Tunnel, "client" | "server">>();
  for (const { tcp } of views) {
    if (tcp === undefined) continue;
    const key = connectionKey(tcp);
    const sides = ends.get(key) ?? sidesOf(tcp);
    ends.set(key, sides);
    if (tunnels.has(key) || others.has(key)) continue;
    if (isTunnelPort(tcp) || beginsLikeTunnel(tcp)) tunnels.set(key, { ...sides, name: nameOf(tunnels.size) });
    else if (tcp.segment.payload.length > 0) others.add(key);
  }
  return tunnels;
}

/** The same for both directions. */
export function connectionKey({ from, to }: Pick<Tcp, "from" | "to">): string {
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}

function isTunnelPort({ segment }: Tcp): boolean {
  return segment.sourcePort === tunnelPort || segment.destinationPort === tunnelPort;
}

function beginsLikeTunnel({ segment: { payload } }: Tcp): boolean {
  if (payload.length < 5) return false;
  const length = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
  const type = payload[4] ?? 0;
  return type >= 100 && type <= 104 && length > 0 && isPossibleHeader(length, type);
}

/** Who asked for the connection, or whose port is not the server's. */
function sidesOf({ from, to, segment }: Tcp): Pick<Tunnel, "client" | "server"> {
  const fromServer = segment.syn ? segment.ack : segment.sourcePort === tunnelPort;
  return fromServer ? { client: to, server: from } : { client: from, server: to };
}

function nameOf(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + (index % 26)) + (index < 26 ? "" : Math.floor(index / 26));
}
