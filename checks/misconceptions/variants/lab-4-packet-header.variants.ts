import type { Variant } from "./variant.ts";

const packetHeader = { lab: "lab-4", file: "packet-header.ts" } as const;

/** Lab 4's packet-header.ts with one bug each. */
export const packetHeaderVariants: readonly Variant[] = [
  {
    ...packetHeader,
    name: "source-in-network",
    says: "accepts every source of the pool's network",
    check: "lab-4.spoofed-source",
    edits: [
      {
        find: ` &&
    packet[sourceOffset + 3] === address[3]`,
        replace: "",
      },
    ],
  },
  {
    ...packetHeader,
    name: "source-of-three-bytes",
    says: "leaves out the first byte of the source",
    check: "lab-4.spoofed-source",
    edits: [
      {
        find: `packet[sourceOffset] === address[0] &&
    `,
        replace: "",
      },
    ],
  },
  {
    ...packetHeader,
    name: "destination-is-checked",
    says: "compares the destination with the client's address, not the source",
    check: "lab-4.spoofed-source",
    edits: [{ find: "const sourceOffset = 12;", replace: "const sourceOffset = 16;" }],
  },
  {
    ...packetHeader,
    name: "length-not-checked",
    says: "does not compare the total length with the data",
    check: "lab-4.whole-packets-only",
    edits: [{ find: "&& totalLength === packet.length", replace: "&& packet.length >= minimumHeader" }],
  },
  {
    ...packetHeader,
    name: "padding-allowed",
    says: "lets bytes behind the packet pass",
    check: "lab-4.whole-packets-only",
    edits: [{ find: "totalLength === packet.length", replace: "totalLength <= packet.length" }],
  },
  {
    ...packetHeader,
    name: "header-length-not-checked",
    says: "does not look at the header length",
    check: "lab-4.whole-packets-only",
    edits: [{ find: "headerLength >= minimumHeader && totalLength >= headerLength", replace: "packet.length >= minimumHeader" }],
  },
  {
    ...packetHeader,
    name: "header-may-be-longer",
    says: "does not notice a header that is longer than the packet",
    check: "lab-4.tun-malformed",
    edits: [{ find: "totalLength >= headerLength", replace: "totalLength >= minimumHeader" }],
  },
  {
    ...packetHeader,
    name: "little-endian-length",
    says: "reads the total length with its bytes swapped",
    check: "lab-4.writes-to-tun",
    edits: [{ find: "((packet[2] ?? 0) << 8) | (packet[3] ?? 0)", replace: "((packet[3] ?? 0) << 8) | (packet[2] ?? 0)" }],
  },
  {
    ...packetHeader,
    name: "options-refused",
    says: "takes options for a fault",
    check: "lab-4.packets-unchanged",
    edits: [{ find: "headerLength >= minimumHeader", replace: "headerLength === minimumHeader" }],
  },
  {
    ...packetHeader,
    name: "version-not-checked",
    says: "does not look at the version",
    check: "lab-4.tun-ipv6",
    edits: [{ find: `if (first >> 4 !== 4) return "not-ipv4";`, replace: "" }],
  },
  {
    ...packetHeader,
    name: "only-ipv6-refused",
    says: "takes everything but version 6 for IPv4",
    check: "lab-4.ipv6-from-client",
    edits: [{ find: "if (first >> 4 !== 4)", replace: "if (first >> 4 === 6)" }],
  },
  {
    ...packetHeader,
    name: "empty-is-not-ipv4",
    says: "takes a packet of no bytes for another version",
    check: "lab-4.empty-102",
    edits: [{ find: `if (first === undefined) return "malformed-packet";`, replace: `if (first === undefined) return "not-ipv4";` }],
  },
  {
    ...packetHeader,
    name: "by-source",
    says: "sends a packet from the TUN to whom it comes from",
    check: "lab-4.tun-to-client",
    edits: [{ find: "const destinationOffset = 16;", replace: "const destinationOffset = 12;" }],
  },
];
