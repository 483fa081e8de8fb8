import { readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { ethernetLayer } from "#checks/harness/capture/ip-layers.ts";
import { dissect } from "#checks/harness/wire/layout.ts";
import { arpLayout } from "#checks/harness/wire/layouts.ts";
import type { EthernetFrame } from "#contract/lab-1-codec.ts";
import type { Ipv4Address, MacAddress, Millis } from "#contract/vocabulary.ts";
import { broadcastMac, ipv4, mac } from "#kit/addresses.ts";
import { etherTypes } from "./frames.ts";
import type { Host } from "./hosts.ts";

/** What a frame of the capture means to one of its two hosts. */
export type CapturedEvent = {
  /** Which frame it is, from 1. */
  readonly number: number;
  /** Milliseconds since the first frame. */
  readonly at: Millis;
  /** The host, with the card that it has at that time. */
  readonly host: Host;
  readonly frame: EthernetFrame;
  readonly means: /** The host sent a packet to one neighbour. */
    | "sends"
    /** The host sent something that our interface would not: the kernel asks when it likes. */
    | "passes"
    /** A packet for the host, or for everybody. */
    | "delivers"
    /** Somebody asks for the host's address. */
    | "replies"
    /** Something else that the host could hear. */
    | "hears";
};

const capture = "arp-linux-kernel";
const frameCount = 24;

/**
 * The capture from one host's point of view.
 *
 * @param cards the network cards that the host has had, one after the other; a card is there from its first frame on
 */
export async function capturedEvents(ip: Ipv4Address, cards: readonly [MacAddress, ...MacAddress[]]): Promise<readonly CapturedEvent[]> {
  const { packets } = await readFixture(capture);
  if (packets.length !== frameCount) throw new Error(`${capture} should hold ${frameCount} frames, and holds ${packets.length}.`);
  let host: Host = { ip, mac: cards[0] };
  return packets.map(({ bytes, atMicroseconds }, index) => {
    const frame = frameOf(bytes);
    if (cards.includes(frame.source)) host = { ip, mac: frame.source };
    return { number: index + 1, at: Math.round(atMicroseconds / 1000), host, frame, means: meaningOf(frame, host) };
  });
}

function meaningOf({ destination, source, etherType, payload }: EthernetFrame, host: Host): CapturedEvent["means"] {
  const isIpv4 = etherType === etherTypes.ipv4;
  if (source === host.mac) return isIpv4 && destination !== broadcastMac ? "sends" : "passes";
  if (destination !== host.mac && destination !== broadcastMac) return "hears";
  if (isIpv4) return "delivers";
  const field = (name: string) => dissect(payload, arpLayout).find((found) => found.name === name)?.text;
  return field("operation") === "1" && field("targetIp") === host.ip ? "replies" : "hears";
}

function frameOf(bytes: Uint8Array): EthernetFrame {
  const { destination, source, etherType, payload } = ethernetLayer(bytes);
  return { destination: mac(destination), source: mac(source), etherType, payload };
}

/** The asker in an ARP request. */
export function askerOf({ payload }: EthernetFrame): Host {
  const field = (name: string) => dissect(payload, arpLayout).find((found) => found.name === name)?.text ?? "";
  return { ip: ipv4(field("senderIp")), mac: mac(field("senderMac")) };
}
