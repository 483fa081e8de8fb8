import type { Members } from "#checks/harness/host.ts";
import type { Lab1 } from "#contract/lab-1-codec.ts";

/** Lab 1's functions. Typed by the contract: a lab that does not fit it is a type error here as well as in its own files. */
export const members: Members<Lab1> = {
  internetChecksum: async () => (await import("#lab-1/internet-checksum.ts")).internetChecksum,
  encodeMessage: async () => (await import("#lab-1/message.ts")).encodeMessage,
  createMessageDecoder: async () => (await import("#lab-1/message-decoder.ts")).createMessageDecoder,
  addressGrant: async () => (await import("#lab-1/address-grant.ts")).addressGrant,
  ipv4Packet: async () => (await import("#lab-1/ipv4-packet.ts")).ipv4Packet,
  ethernetFrame: async () => (await import("#lab-1/ethernet-frame.ts")).ethernetFrame,
  arpMessage: async () => (await import("#lab-1/arp-message.ts")).arpMessage,
};
