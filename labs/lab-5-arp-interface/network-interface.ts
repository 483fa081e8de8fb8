import type { Lab5 } from "#contract/lab-5-arp-interface.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/**
 * One host's end of an Ethernet link: IP packets on one side, Ethernet frames on the other. IP says *which neighbour* is next; Ethernet
 * wants to know *which MAC address* that is. ARP (RFC 826) is how to find out: ask everybody, believe who answers.
 *
 *     send(packet, 10.0.0.9)                 unknown: the packet waits
 *       ──▶ ARP, to everybody:               who has 10.0.0.9? tell 10.0.0.1
 *     receive(ARP 10.0.0.9 is-at …:09)       learned, for 30 s
 *       ──▶ IPv4, to …:09:                   the packet that waited
 *     send(another, 10.0.0.9)                known
 *       ──▶ IPv4, to …:09:                   at once
 *
 * Two memories are enough, and each has a file of its own: who is where (arp-table.ts) and what waits for whom (pending-packets.ts).
 * This file is the rules between them.
 *
 * - The packet is looked up by its next hop, never by the destination that stands in it.
 * - Packets and frames are borrowed: what waits is kept as a copy. (`ipv4Packet.serialize` makes one anyway.)
 * - What came from the link never makes this code throw: what cannot be parsed is not for us.
 *
 * Your task: `send`, `receive` and `tick`. Handout: docs/lab-5-arp-interface.md#order-of-work
 */
export const createNetworkInterface: Lab5["createNetworkInterface"] = ({ mac, ip }) => {
  // Your code here.

  return {
    send: (packet, nextHop) => {
      // Your code here.
      return notImplemented("lab-5 send", "docs/lab-5-arp-interface.md#sending");
    },

    receive: ({ destination, etherType, payload }) => {
      // Your code here.
      return notImplemented("lab-5 receive", "docs/lab-5-arp-interface.md#receiving");
    },

    tick: (elapsed) => {
      // Your code here.
      return notImplemented("lab-5 tick", "docs/lab-5-arp-interface.md#time");
    },
  };
};
