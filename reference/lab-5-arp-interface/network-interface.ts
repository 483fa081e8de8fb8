// STUB: import type { Lab5 } from "#contract/lab-5-arp-interface.ts";
// STUB: import { notImplemented } from "#kit/not-implemented.ts";
// BEGIN SOLUTION silent
import type { InterfaceAction, Lab5 } from "#contract/lab-5-arp-interface.ts";
import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import { broadcastMac, zeroMac } from "#kit/addresses.ts";
import { arpMessage } from "#lab-1/arp-message.ts";
import { ipv4Packet } from "#lab-1/ipv4-packet.ts";
import { createArpTable } from "./arp-table.ts";
import { createPendingPackets } from "./pending-packets.ts";

const etherTypes = { ipv4: 0x0800, arp: 0x0806 } as const;

/** The sender of an ARP probe has no address yet (RFC 5227 section 1.1). */
const noAddress = "0.0.0.0" as Ipv4Address;

/** Whether a MAC address can be that of one station: not a group's (its first byte's lowest bit; RFC 1812 section 3.3.2), not all zero. */
function isStation(mac: MacAddress): boolean {
  // Reads as far as the first colon.
  const firstByte = Number.parseInt(mac, 16);
  return (firstByte & 1) === 0 && mac !== zeroMac;
}

function receiveIpv4(bytes: Uint8Array): InterfaceAction[] {
  const parsed = ipv4Packet.parse(bytes);
  return parsed.ok ? [{ kind: "deliver", packet: parsed.value }] : [];
}
// END SOLUTION

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
  // BEGIN SOLUTION
  const table = createArpTable();
  const pending = createPendingPackets();

  function transmit(destination: MacAddress, etherType: number, payload: Uint8Array): InterfaceAction {
    return { kind: "transmit", frame: { destination, source: mac, etherType, payload } };
  }

  function ask(targetIp: Ipv4Address): InterfaceAction {
    const request = { operation: "request", senderMac: mac, senderIp: ip, targetMac: zeroMac, targetIp } as const;
    return transmit(broadcastMac, etherTypes.arp, arpMessage.serialize(request));
  }

  function answer(targetMac: MacAddress, targetIp: Ipv4Address): InterfaceAction {
    const reply = { operation: "reply", senderMac: mac, senderIp: ip, targetMac, targetIp } as const;
    return transmit(targetMac, etherTypes.arp, arpMessage.serialize(reply));
  }

  /** Whoever speaks teaches, also when he speaks to somebody else: that saves asking (RFC 826 "Packet Reception" learns less). */
  function learn(senderIp: Ipv4Address, senderMac: MacAddress): InterfaceAction[] {
    if (senderIp === ip || senderIp === noAddress) return [];
    table.learn(senderIp, senderMac);
    return pending.take(senderIp).map((packet) => transmit(senderMac, etherTypes.ipv4, packet));
  }

  function receiveArp(bytes: Uint8Array): InterfaceAction[] {
    const parsed = arpMessage.parse(bytes);
    // A reply to an impossible sender would go to everybody or to nobody.
    if (!parsed.ok || !isStation(parsed.value.senderMac)) return [];
    const { operation, senderMac, senderIp, targetIp } = parsed.value;
    const answers = operation === "request" && targetIp === ip ? [answer(senderMac, senderIp)] : [];
    return [...answers, ...learn(senderIp, senderMac)];
  }
  // END SOLUTION

  return {
    send: (packet, nextHop) => {
      // BEGIN SOLUTION
      const bytes = ipv4Packet.serialize(packet);
      const known = table.lookup(nextHop);
      if (known !== undefined) return [transmit(known, etherTypes.ipv4, bytes)];
      return pending.hold(nextHop, bytes) ? [ask(nextHop)] : [];
      // END SOLUTION
      // STUB: return notImplemented("lab-5 send", "docs/lab-5-arp-interface.md#sending");
    },

    receive: ({ destination, etherType, payload }) => {
      // BEGIN SOLUTION
      if (destination !== mac && destination !== broadcastMac) return [];
      if (etherType === etherTypes.ipv4) return receiveIpv4(payload);
      if (etherType === etherTypes.arp) return receiveArp(payload);
      return [];
      // END SOLUTION
      // STUB: return notImplemented("lab-5 receive", "docs/lab-5-arp-interface.md#receiving");
    },

    tick: (elapsed) => {
      // BEGIN SOLUTION
      if (!Number.isInteger(elapsed) || elapsed < 0) throw new RangeError(`A tick of ${elapsed} ms is not a whole number of at least 0.`);
      table.tick(elapsed);
      pending.tick(elapsed);
      return [];
      // END SOLUTION
      // STUB: return notImplemented("lab-5 tick", "docs/lab-5-arp-interface.md#time");
    },
  };
};
