import type { EthernetFrame, Ipv4Packet } from "./lab-1-codec.ts";
import type { Ipv4Address, MacAddress, Millis } from "./vocabulary.ts";

/** What the interface asks for: put a frame on the link, or hand a packet up. */
export type InterfaceAction =
  | { readonly kind: "transmit"; readonly frame: EthernetFrame }
  | { readonly kind: "deliver"; readonly packet: Ipv4Packet };

/** One host's interface to an Ethernet link. docs/protocol.md#the-arp-interface */
export type NetworkInterface = {
  /** Sends `packet` to the neighbour `nextHop`, whose MAC address may have to be asked for first. */
  readonly send: (packet: Ipv4Packet, nextHop: Ipv4Address) => readonly InterfaceAction[];
  /** A frame was seen on the link, perhaps for somebody else. */
  readonly receive: (frame: EthernetFrame) => readonly InterfaceAction[];
  /** `elapsed` milliseconds have passed. Never transmits. */
  readonly tick: (elapsed: Millis) => readonly InterfaceAction[];
};

/** Lab 5: IP addresses become Ethernet addresses. */
export type Lab5 = {
  readonly createNetworkInterface: (config: { readonly mac: MacAddress; readonly ip: Ipv4Address }) => NetworkInterface;
};
