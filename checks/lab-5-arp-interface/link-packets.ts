import { fromLab, type StoryPacket } from "#checks/harness/story-packet.ts";
import { packetBytes } from "#checks/harness/wire/packet-bytes.ts";
import type { EthernetFrame } from "#contract/lab-1-codec.ts";
import type { InterfaceAction } from "#contract/lab-5-arp-interface.ts";
import { macToBytes } from "#kit/addresses.ts";
import { concat } from "#kit/bytes.ts";

/** The frame as it is on the wire. */
export function frameBytes({ destination, source, etherType, payload }: EthernetFrame): Uint8Array {
  return concat(macToBytes(destination), macToBytes(source), Uint8Array.of(etherType >> 8, etherType & 0xff), payload);
}

/** What an action puts on the link, or hands up. */
export function packetOfAction(action: InterfaceAction): StoryPacket {
  switch (action.kind) {
    case "transmit":
      return fromLab("ethernet", () => frameBytes(action.frame));
    case "deliver":
      return fromLab("raw-ip", () => packetBytes(action.packet));
    default:
      return action satisfies never;
  }
}
