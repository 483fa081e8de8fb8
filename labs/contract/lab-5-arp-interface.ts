import type { EthernetFrame, Ipv4Packet } from "./lab-1-codec.ts";
import type { Ipv4Address, MacAddress, Millis } from "./vocabulary.ts";

/** What the interface asks for, in the order in which it is to be done. */
export type InterfaceAction =
  /** Put this frame on the link. */
  | { readonly kind: "transmit"; readonly frame: EthernetFrame }
  /** Hand this packet up, to the host. Its payload and options may be views into the frame that was received. */
  | { readonly kind: "deliver"; readonly packet: Ipv4Packet };

/** One host's interface to an Ethernet link, which speaks ARP (RFC 826). docs/protocol.md#the-arp-interface */
export type NetworkInterface = {
  /**
   * Sends `packet` to the neighbour `nextHop`, whose MAC address may have to be asked for first. Throws a `RangeError` for a packet that
   * `ipv4Packet` of lab 1 cannot serialize.
   */
  readonly send: (packet: Ipv4Packet, nextHop: Ipv4Address) => readonly InterfaceAction[];
  /** A frame was seen on the link, perhaps for somebody else. Never throws, whatever is in it. */
  readonly receive: (frame: EthernetFrame) => readonly InterfaceAction[];
  /** `elapsed` milliseconds have passed. Never transmits. Throws a `RangeError` unless `elapsed` is a whole number of at least 0. */
  readonly tick: (elapsed: Millis) => readonly InterfaceAction[];
};

/** Lab 5: IP addresses become Ethernet addresses. */
export type Lab5 = {
  /** The interface with these two addresses. It knows no neighbour yet. */
  readonly createNetworkInterface: (config: { readonly mac: MacAddress; readonly ip: Ipv4Address }) => NetworkInterface;
};
