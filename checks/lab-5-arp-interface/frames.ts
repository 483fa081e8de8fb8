import { arpBytes, packetBytes } from "#checks/harness/wire/packet-bytes.ts";
import type { ArpMessage, EthernetFrame, Ipv4Packet } from "#contract/lab-1-codec.ts";
import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import { broadcastMac, zeroMac } from "#kit/addresses.ts";
import { concat } from "#kit/bytes.ts";
import { type Host, peer, us } from "./hosts.ts";

export const etherTypes = { ipv4: 0x0800, arp: 0x0806 } as const;

/** How a frame travels, where that is not the usual way. */
type Way = {
  /** The Ethernet destination. */
  readonly to?: MacAddress;
  /** The Ethernet source. */
  readonly by?: MacAddress;
  /** So many zeros behind the payload, as Ethernet puts them behind a short one. */
  readonly padding?: number;
};

/** "Who has `targetIp`? Tell `asker`." To everybody, by the asker's own card. */
export function whoHas(
  targetIp: Ipv4Address,
  asker: Host,
  { to = broadcastMac, by = asker.mac, targetMac = zeroMac, padding = 0 }: Way & { readonly targetMac?: MacAddress } = {},
): EthernetFrame {
  const message: ArpMessage = { operation: "request", senderMac: asker.mac, senderIp: asker.ip, targetMac, targetIp };
  return frameOf(to, by, etherTypes.arp, arpBytes(message), padding);
}

/** "`sender` is at its MAC address." A reply to us, by the sender's own card. */
export function isAt(
  sender: Host,
  { target = us, to = target.mac, by = sender.mac, padding = 0 }: Way & { readonly target?: Host } = {},
): EthernetFrame {
  const message: ArpMessage = {
    operation: "reply",
    senderMac: sender.mac,
    senderIp: sender.ip,
    targetMac: target.mac,
    targetIp: target.ip,
  };
  return frameOf(to, by, etherTypes.arp, arpBytes(message), padding);
}

/** A host says who it is and asks nobody (RFC 5227 section 2.3): sender and target are the same. */
export function announcement(sender: Host): EthernetFrame {
  return whoHas(sender.ip, sender);
}

/** A packet on its way: to our card, by the peer's. */
export function carries(value: Ipv4Packet, { to = us.mac, by = peer.mac, padding = 0 }: Way = {}): EthernetFrame {
  return frameOf(to, by, etherTypes.ipv4, packetBytes(value), padding);
}

function frameOf(destination: MacAddress, source: MacAddress, etherType: number, payload: Uint8Array, padding: number): EthernetFrame {
  return { destination, source, etherType, payload: concat(payload, new Uint8Array(padding)) };
}
