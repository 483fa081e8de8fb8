import { counted } from "#kit/counted.ts";
import { hexdump } from "#kit/hexdump.ts";
import { inOneLine } from "../report/columns.ts";
import { fit, type Style, wrap } from "../report/style.ts";
import type { DescribedPacket, DescribedRecording } from "./describe-recording.ts";
import type { Recording } from "./read-recording.ts";

export type ShowChoice = {
  /** Packets that have one of these tags; all when empty. */
  readonly only: readonly string[];
  /** How many packets are shown at most. */
  readonly limit: number;
  readonly hex: boolean;
};

/** A recording in words, one line a packet: number, seconds since the beginning, what it is. */
export function showLines(
  name: string,
  recording: Recording,
  described: DescribedRecording,
  { only, limit, hex }: ShowChoice,
  { paint, width }: Style,
): readonly string[] {
  const { packets, tunnels } = described;
  const chosen = packets.filter(({ tags }) => only.length === 0 || only.some((tag) => tags.has(tag)));
  const shown = chosen.slice(0, limit);
  // Not Math.max(...): a function takes some ten thousand arguments, and a capture has more packets.
  const clockWidth = shown.reduce((width, packet) => Math.max(width, clockOf(packet).length), 0);
  const numberWidth = String(packets.length).length;
  const indent = " ".repeat(numberWidth + clockWidth + 3);

  const lines = shown.flatMap((described): readonly string[] => {
    const { packet, number, lines } = described;
    const [first = "", ...more] = lines.map(inOneLine);
    const start = `${String(number).padStart(numberWidth)} ${clockOf(described).padStart(clockWidth)}  `;
    const cut =
      packet.originalLength > packet.bytes.length ? [`cut to ${packet.bytes.length} of ${counted(packet.originalLength, "byte")}`] : [];
    return [
      fit(start + first, width),
      ...[...more, ...cut].map((line) => fit(indent + line, width)),
      ...commentLines(packet.comment, indent, width).map((line) => paint.dim(line)),
      ...(hex ? hexdump(packet.bytes).map((line) => paint.dim(fit(`  ${line}`, width))) : []),
    ];
  });
  const left = chosen.length - shown.length;
  return [
    ...wrap(`${name}: ${sizeOf(packets)}${only.length > 0 ? `, ${chosen.length} of them ${only.join(" or ")}` : ""}`, width, 2).map(
      (line) => paint.bold(line),
    ),
    ...(recording.comment === "" ? [] : wrap(inOneLine(recording.comment), width, 2)),
    ...tunnels.map(({ name: letter, client, server }) => fit(`${letter} is the tunnel ${client} > ${server}`, width)),
    "",
    ...lines,
    ...(left > 0 ? [paint.dim(`and ${left} more; --limit ${chosen.length} shows them`)] : []),
  ];
}

function clockOf({ packet }: DescribedPacket): string {
  return (packet.atMicroseconds / 1e6).toFixed(3);
}

function sizeOf(packets: readonly DescribedPacket[]): string {
  const last = packets.at(-1)?.packet.atMicroseconds ?? 0;
  return `${counted(packets.length, "packet")} in ${(last / 1e6).toFixed(3)} s`;
}

/** What the file says of a packet, each line behind a bar. */
function commentLines(comment: string, indent: string, width: number): readonly string[] {
  if (comment === "") return [];
  return comment.split("\n").flatMap((text) => wrap(inOneLine(text), width - indent.length - 2).map((line) => `${indent}| ${line}`));
}
