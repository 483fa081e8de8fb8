import { concat } from "#kit/bytes.ts";
import type { LinkType } from "../capture/pcap-layout.ts";
import type { CheckResult } from "../check-result.ts";
import type { StoryLink } from "../story-packet.ts";
import { type CaptureEntry, captureEntries } from "./capture-entries.ts";
import { interfaceDescription, packetBlock, sectionHeader } from "./pcapng-blocks.ts";
import { createTunnelFrames } from "./tunnel-frames.ts";

/** By this name the files know who wrote them: their times are those of a scenario. */
export const applicationName = "4over6-lab-kit";

type CapturedInterface = { readonly link: LinkType; readonly name: string; readonly description: string };

const interfaces: Readonly<Record<StoryLink, CapturedInterface>> = {
  ethernet: { link: "ethernet", name: "link", description: "frames on the link" },
  "raw-ip": { link: "raw-ip", name: "ip", description: "IP packets without a link" },
  "four-over-six": { link: "ethernet", name: "tunnel", description: "4over6 streams; the frames around them are made up" },
};

/**
 * The packets of a failing check as a pcapng file, each with what the story says of it, and with the failure at its place. What was
 * expected in vain stands on an interface of its own. Times are the scenario's, so the file begins in 1970.
 *
 * @returns the file, and the number of the frame to look at, from 1; `undefined` when the story has no packets
 */
export function failureCapture({
  id,
  title,
  rule,
  failure,
}: CheckResult): { readonly bytes: Uint8Array; readonly frame: number } | undefined {
  const entries = failure === undefined ? [] : captureEntries(failure);
  if (entries.length === 0) return undefined;
  const used = [...new Set(entries.map(interfaceOf))];
  const tunnelFrames = createTunnelFrames();
  const blocks: Uint8Array[] = [];
  let frame = 0;
  for (const entry of entries) {
    const { at, packet, comments } = entry;
    if (entry.fails) frame = blocks.length + 1;
    // What was never sent is no part of a stream.
    const frames = packet.link === "four-over-six" ? tunnelFrames(entry.sent ? packet : { ...packet, peer: "expected" }) : [packet.bytes];
    for (const [index, bytes] of frames.entries())
      blocks.push(
        packetBlock({
          interface: used.indexOf(interfaceOf(entry)),
          atMicroseconds: Math.floor(at * 1000),
          bytes,
          inbound: packet.direction === "to-lab",
          comment: index === 0 ? comments.join("\n") : "",
        }),
      );
  }
  const header = sectionHeader({ application: applicationName, comment: `${id}: ${title} (${rule})` });
  return { bytes: concat(header, ...used.map(describe), ...blocks), frame };
}

/** `link`, or `link, expected` */
function interfaceOf({ packet, sent }: CaptureEntry): string {
  return sent ? packet.link : `${packet.link}, expected`;
}

function describe(key: string): Uint8Array {
  const [link, expected] = key.split(", ");
  const { link: type, name, description } = interfaces[link as StoryLink];
  return expected === undefined
    ? interfaceDescription(type, name, description)
    : interfaceDescription(type, `${name}-expected`, "what the check expected, and was never sent");
}
