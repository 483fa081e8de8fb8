import type { EthernetFrame, Ipv4Packet } from "#contract/lab-1-codec.ts";
import type { InterfaceAction, Lab5, NetworkInterface } from "#contract/lab-5-arp-interface.ts";
import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import { ipv4FromNumber, macFromBytes } from "#kit/addresses.ts";
import { etherTypes } from "./frames.ts";

/**
 * Lab 5 as its checks reach it: with two functions of the kit that run where the lab runs. Thousands of calls one by one would cost more
 * on the way from the check to the lab than in it.
 */
export type Lab5UnderCheck = Lab5 & { readonly sendToMany: typeof sendToMany; readonly hearFromMany: typeof hearFromMany };

/** Station number `index` of a large link: 10.1.0.0 and up, each with a card of its own. */
export function station(index: number): { readonly mac: MacAddress; readonly ip: Ipv4Address } {
  const [high, middle, low] = [index >> 16, (index >> 8) & 0xff, index & 0xff];
  return { mac: macFromBytes(Uint8Array.of(2, 0, 1, high, middle, low)), ip: ipv4FromNumber(0x0a01_0000 + index) };
}

/** Sends the packet by way of each `step`-th station below `count`. Returns how many went out at once, each to its station's own card. */
export function sendToMany(
  networkInterface: NetworkInterface,
  { packet, count, step = 1 }: { readonly packet: Ipv4Packet; readonly count: number; readonly step?: number },
): number {
  let arrived = 0;
  for (let index = 0; index < count; index += step) {
    const { mac, ip } = station(index);
    const actions = networkInterface.send(packet, ip);
    if (actions.some((action) => isPacket(action) && action.frame.destination === mac)) arrived++;
  }
  return arrived;
}

/**
 * Hears the ARP reply `frame` from each station from number `from` to below `count`, with that station's addresses in it. Returns how many
 * packets were sent in answer.
 */
export function hearFromMany(
  networkInterface: NetworkInterface,
  { frame, from = 0, count }: { readonly frame: EthernetFrame; readonly from?: number; readonly count: number },
): number {
  let packets = 0;
  const payload = frame.payload.slice();
  // The low three bytes of senderMac, and those of senderIp: see RFC 826 for where they are.
  payload.set([2, 0, 1], 8);
  payload.set([10], 14);
  for (let index = from; index < count; index++) {
    const [high, ...low] = [index >> 16, (index >> 8) & 0xff, index & 0xff] as const;
    payload.set([high, ...low], 11);
    payload.set([1 + high, ...low], 15);
    packets += networkInterface.receive({ ...frame, payload }).filter(isPacket).length;
  }
  return packets;
}

function isPacket(action: InterfaceAction): action is InterfaceAction & { readonly kind: "transmit" } {
  return action.kind === "transmit" && action.frame.etherType === etherTypes.ipv4;
}
