import { defineLab } from "#checks/harness/check.ts";
import type { Lab1 } from "#contract/lab-1-codec.ts";
import { checks as addressGrantChecks } from "./address-grant.check.ts";
import { checks as arpMessageChecks } from "./arp-message.check.ts";
import { checks as ethernetFrameChecks } from "./ethernet-frame.check.ts";
import { checks as internetChecksumChecks } from "./internet-checksum.check.ts";
import { checks as ipv4PacketChecks } from "./ipv4-packet.check.ts";
import { checks as messageChecks } from "./message.check.ts";
import { checks as messageDecoderChecks } from "./message-decoder.check.ts";
import { checks as messageDecoderLengthsChecks } from "./message-decoder-lengths.check.ts";
import { points } from "./points.ts";
import { checks as replayChecks } from "./replay.check.ts";

const codec = { parse: "call", serialize: "call" } as const;

/** Lab 1, in the order in which the handout builds it. */
export const lab1 = defineLab<Lab1>({
  id: "lab-1",
  title: "codec",
  handout: "docs/lab-1-codec.md",
  shape: {
    encodeMessage: "call",
    createMessageDecoder: { makes: { receive: "call" } },
    addressGrant: codec,
    internetChecksum: "call",
    ethernetFrame: codec,
    arpMessage: codec,
    ipv4Packet: codec,
  },
  checks: [
    ...internetChecksumChecks,
    ...messageChecks,
    ...messageDecoderChecks,
    ...messageDecoderLengthsChecks,
    ...addressGrantChecks,
    ...ipv4PacketChecks,
    ...ethernetFrameChecks,
    ...arpMessageChecks,
    ...replayChecks,
  ],
  points,
});
