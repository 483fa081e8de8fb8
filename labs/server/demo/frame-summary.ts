import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import { ipv4FromBytes, macFromBytes } from "#kit/addresses.ts";

/** What is worth telling of an Ethernet frame. It is read without the labs: a recording shows what they did, right or wrong. */
export type FrameSummary = { readonly source: MacAddress; readonly destination: MacAddress } & (
  | {
      readonly kind: "arp";
      readonly operation: "request" | "reply";
      readonly senderMac: MacAddress;
      readonly senderIp: Ipv4Address;
      readonly targetIp: Ipv4Address;
    }
  | { readonly kind: "ipv4"; readonly packet: Uint8Array }
);

const headerLength = 14;
const arpLength = 28;
/** EtherTypes, RFC 894 and RFC 826. */
const etherTypes = { arp: 0x0806, ipv4: 0x0800 } as const;

/** `undefined` for what is neither ARP nor IPv4: the kernel talks IPv6 to every link. */
export function summarizeFrame(bytes: Uint8Array): FrameSummary | undefined {
  if (bytes.length < headerLength) return undefined;
  const addresses = { destination: macFromBytes(bytes, 0), source: macFromBytes(bytes, 6) };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const etherType = view.getUint16(12);
  if (etherType === etherTypes.ipv4) return { ...addresses, kind: "ipv4", packet: bytes.subarray(headerLength) };
  if (etherType !== etherTypes.arp || bytes.length < headerLength + arpLength) return undefined;
  return {
    ...addresses,
    kind: "arp",
    operation: view.getUint16(20) === 1 ? "request" : "reply",
    senderMac: macFromBytes(bytes, 22),
    senderIp: ipv4FromBytes(bytes, 28),
    targetIp: ipv4FromBytes(bytes, 38),
  };
}
