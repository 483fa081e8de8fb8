import { broadcastMac } from "#kit/addresses.ts";
import { counted } from "#kit/counted.ts";
import { interfaceMac } from "../interface-mac.ts";
import { summarize } from "../packet-summary.ts";
import { addresses } from "./addresses.ts";
import { type FrameSummary, summarizeFrame } from "./frame-summary.ts";
import type { RecordedPacket } from "./story.ts";

/** A frame that is worth a line: when it passed, in milliseconds since 1970, between whom, and what it says. */
type FrameLine = { readonly at: number; readonly ends: string; readonly words: string };

export type EthernetStory = {
  /** From the interface's first question to the first answer that comes from the internet. */
  readonly lines: readonly FrameLine[];
  readonly sum: string;
  /** Whether an answer came from the internet. */
  readonly met: boolean;
  /** How the interface learned where the kernel is. */
  readonly proof: { readonly ok: boolean; readonly text: string };
};

const { linkInterface, linkKernel } = addresses;
const us = interfaceMac(linkInterface);
/** When a beginner's interface goes on asking. */
const mostLines = 12;

/** What passed the Ethernet link between lab 5's interface and the kernel. */
export function tellEthernet(recorded: readonly RecordedPacket[]): EthernetStory {
  const frames = recorded.flatMap(({ time, base64 }) => {
    const frame = summarizeFrame(Buffer.from(base64, "base64"));
    return frame === undefined ? [] : [{ ...frame, at: time }];
  });
  const answered = frames.findIndex(({ kind, source }) => kind === "ipv4" && source !== us);
  const told = (answered < 0 ? frames : frames.slice(0, answered + 1)).slice(0, mostLines);
  const count = (kind: FrameSummary["kind"]) => frames.filter((frame) => frame.kind === kind).length;
  return {
    lines: told.map((frame) => ({ at: frame.at, ends: endsOf(frame), words: wordsOf(frame) })),
    met: answered >= 0,
    sum: `In all ${counted(count("ipv4"), "frame carried a packet", "frames carried packets")}, and ${counted(count("arp"), "was", "were")} ARP.`,
    proof: arpProof(frames),
  };
}

function arpProof(frames: readonly FrameSummary[]): EthernetStory["proof"] {
  const arp = frames.filter((frame) => frame.kind === "arp");
  const questions = arp.filter(
    ({ operation, senderIp, targetIp }) => operation === "request" && senderIp === linkInterface && targetIp === linkKernel,
  );
  const answer = arp.find(({ operation, senderIp }) => operation === "reply" && senderIp === linkKernel);
  if (answer === undefined) return { ok: false, text: "nobody told lab 5's interface the MAC address of its gateway" };
  const { senderMac: gateway } = answer;
  const sent = frames.filter((frame) => frame.kind === "ipv4" && frame.source === us);
  const astray = sent.filter(({ destination }) => destination !== gateway).length;
  if (astray > 0)
    return { ok: false, text: `${astray} of ${counted(sent.length, "packet")} left for another MAC address than the gateway's` };
  const times = questions.length === 1 ? "once" : `${questions.length} times`;
  return {
    ok: sent.length > 0,
    text: `lab 5's interface asked ${times} where its gateway ${linkKernel} is, and sent ${sent.length === 1 ? "the one packet" : `all ${sent.length} packets`} to ${gateway}`,
  };
}

/** `interface --> everybody` */
function endsOf({ source, destination }: FrameSummary): string {
  if (source === us) return `interface --> ${destination === broadcastMac ? "everybody" : "kernel   "}`;
  return destination === broadcastMac ? "kernel    --> everybody" : "interface <-- kernel   ";
}

function wordsOf(frame: FrameSummary): string {
  switch (frame.kind) {
    case "arp":
      return frame.operation === "request"
        ? `ARP   who has ${frame.targetIp}? tell ${frame.senderIp}`
        : `ARP   ${frame.senderIp} is at ${frame.senderMac}`;
    case "ipv4": {
      const packet = summarize(frame.packet);
      return packet === undefined ? "IPv4" : `IPv4  ${packet.source} > ${packet.destination}`;
    }
    default:
      return frame satisfies never;
  }
}

/** The IP packets in a recording of frames. */
export function packetsIn(frames: readonly RecordedPacket[]): readonly RecordedPacket[] {
  return frames.flatMap(({ time, base64 }) => {
    const frame = summarizeFrame(Buffer.from(base64, "base64"));
    return frame?.kind === "ipv4" ? [{ time, base64: Buffer.from(frame.packet).toString("base64") }] : [];
  });
}
