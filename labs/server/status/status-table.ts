import type { Millis } from "#contract/vocabulary.ts";
import { ipv4ToNumber, isIpv4 } from "#kit/addresses.ts";
import type { Traffic } from "../user.ts";
import type { StatusReport, UserStatus } from "./status-report.ts";

/** How much room there is. */
export type TableSize = { readonly columns: number; readonly rows: number };

/** For whoever reads it by a program: nothing is shortened. */
const unbounded: TableSize = { columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY };

const headings = [
  "                   from client     to client                 last",
  "address          packets bytes  packets bytes  drops  heard  peer",
] as const;

/** The state of a server as lines of text. In 80 columns most peers, which stand last, are whole. */
export function statusTable(report: StatusReport, { columns, rows }: TableSize = unbounded): readonly string[] {
  const summary = summaryOf(report);
  if (report.connected === 0) return fit([...summary, "", "Nobody is connected."], columns);
  const head = [...summary, "", ...headings];
  const users = report.users.toSorted(byAddress);
  const room = Math.max(1, rows - head.length);
  const shown = report.connected > room ? users.slice(0, room - 1) : users;
  const more = report.connected - shown.length;
  const roomForPeer = columns - headings[1].indexOf("peer");
  return fit([...head, ...shown.map((user) => rowOf(user, roomForPeer)), ...(more > 0 ? [`… and ${more} more`] : [])], columns);
}

function summaryOf({ listen, process, pool, link, upFor, connected, maxClients, counters }: StatusReport): readonly string[] {
  const drops = Object.values(counters.losses).reduce((sum, count) => sum + count, 0);
  return [
    `${listen}, process ${process}, link ${link}, pool ${pool}, up ${duration(upFor)}`,
    `connected: ${connected} of at most ${maxClients}; since the start ${counters.connections}, not accepted ${counters.failedAccepts}`,
    `from clients: ${amount(counters.fromClients)}; to clients: ${amount(counters.toClients)}; drops: ${short(drops)}`,
  ];
}

function rowOf({ address, fromClient, toClient, losses, quietFor, peer }: UserStatus, roomForPeer: number): string {
  const traffic = ({ packets, bytes }: Traffic): string => `${short(packets).padStart(7)} ${short(bytes).padStart(5)}`;
  return [
    (address ?? "none yet").padEnd(15),
    traffic(fromClient),
    traffic(toClient),
    short(losses).padStart(5),
    duration(quietFor).padStart(5),
    shortenedPeer(peer, roomForPeer),
  ].join("  ");
}

/** By number; whoever has no address yet comes last. */
function byAddress(a: UserStatus, b: UserStatus): number {
  return rank(a.address) - rank(b.address);
}

function rank(address: string | null): number {
  return address !== null && isIpv4(address) ? ipv4ToNumber(address) : Number.MAX_SAFE_INTEGER;
}

function amount({ packets, bytes }: Traffic): string {
  return `${short(packets)} ${packets === 1 ? "packet" : "packets"}, ${short(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
}

/** At most five characters: `999`, `12.3k`, `4.50G`. */
export function short(count: number): string {
  let scaled = count;
  let unit = 0;
  while (Number(scaled.toPrecision(3)) >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return unit === 0 ? String(count) : `${scaled.toPrecision(3)}${units[unit]}`;
}

const units = ["", "k", "M", "G", "T", "P", "E"] as const;

/** The two largest units: `7s`, `3m20s`, `5h07m`, `12d3h`. */
export function duration(time: Millis): string {
  const seconds = Math.floor(time / 1000);
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)];
  if (days > 0) return `${days}d${hours % 24}h`;
  if (hours > 0) return `${hours}h${two(minutes % 60)}m`;
  if (minutes > 0) return `${minutes}m${two(seconds % 60)}s`;
  return `${seconds}s`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** `[2001:db8:…:7]:51234`: the middle goes first. The port tells apart those who come from one host. */
export function shortenedPeer(peer: string, room: number): string {
  if (peer.length <= room) return peer;
  const end = Math.max(7, Math.floor((room - 1) / 2));
  return `${peer.slice(0, Math.max(0, room - 1 - end))}…${peer.slice(-end)}`;
}

/** A server of somebody else may be asked, by root: its words must not steer the terminal. */
function fit(lines: readonly string[], columns: number): readonly string[] {
  return lines.map((line) => line.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "?").slice(0, columns));
}
