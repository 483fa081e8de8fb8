import type { Layout } from "./layout.ts";

export const ipv4Layout: Layout = {
  name: "IPv4",
  source: "RFC 791 section 3.1",
  fields: [
    { name: "version", bits: 4 },
    { name: "headerLength", bits: 4 },
    { name: "typeOfService", bits: 8, show: "hex" },
    { name: "totalLength", bits: 16 },
    { name: "identification", bits: 16, show: "hex" },
    { name: "flags", bits: 3 },
    { name: "fragmentOffset", bits: 13 },
    { name: "timeToLive", bits: 8 },
    { name: "protocol", bits: 8 },
    { name: "headerChecksum", bits: 16, show: "hex" },
    { name: "source", bits: 32, show: "ipv4" },
    { name: "destination", bits: 32, show: "ipv4" },
  ],
  rest: ({ headerLength = 5n }) => ({ options: Math.max(0, Number(headerLength) * 4 - 20) }),
};

export const arpLayout: Layout = {
  name: "ARP",
  source: "RFC 826",
  fields: [
    { name: "hardwareType", bits: 16 },
    { name: "protocolType", bits: 16, show: "hex" },
    { name: "hardwareLength", bits: 8 },
    { name: "protocolLength", bits: 8 },
    { name: "operation", bits: 16 },
    { name: "senderMac", bits: 48, show: "mac" },
    { name: "senderIp", bits: 32, show: "ipv4" },
    { name: "targetMac", bits: 48, show: "mac" },
    { name: "targetIp", bits: 32, show: "ipv4" },
  ],
};

const etherTypeLayouts: Readonly<Record<string, Layout>> = { [0x0800]: ipv4Layout, [0x0806]: arpLayout };

export const ethernetLayout: Layout = {
  name: "Ethernet",
  source: "IEEE 802.3",
  fields: [
    { name: "destination", bits: 48, show: "mac" },
    { name: "source", bits: 48, show: "mac" },
    { name: "etherType", bits: 16, show: "hex" },
  ],
  rest: ({ etherType = 0n }) => optionalPayload(etherTypeLayouts[etherType.toString()]),
};

export const messageLayout: Layout = {
  name: "4over6",
  source: "docs/protocol.md#messages",
  fields: [
    { name: "length", bits: 32, littleEndian: true },
    { name: "type", bits: 8 },
  ],
  rest: ({ type = 0n }) => optionalPayload(type === 102n || type === 103n ? ipv4Layout : undefined),
};

/** The text of message 101 has no fields of fixed width. */
export const textLayout: Layout = { name: "text", source: "docs/protocol.md#address-grant", fields: [] };

function optionalPayload(payload: Layout | undefined): { readonly payload?: Layout } {
  return payload === undefined ? {} : { payload };
}
