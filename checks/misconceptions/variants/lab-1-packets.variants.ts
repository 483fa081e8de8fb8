import type { Variant } from "./variant.ts";

const ipv4Packet = { lab: "lab-1", file: "ipv4-packet.ts" } as const;
const ethernetFrame = { lab: "lab-1", file: "ethernet-frame.ts" } as const;
const arpMessage = { lab: "lab-1", file: "arp-message.ts" } as const;

/** Lab 1's IPv4 packet, Ethernet frame and ARP message with one bug each. */
export const packetVariants: readonly Variant[] = [
  {
    ...ipv4Packet,
    name: "packets-share-an-array",
    says: "writes each packet into the same array",
    check: "lab-1.ipv4-serialize",
    edits: [
      { find: "function refuse(", replace: "const shared = new Uint8Array(0x1_0000);\n\nfunction refuse(" },
      { find: "const bytes = new Uint8Array(totalLength);", replace: "const bytes = shared.subarray(0, totalLength).fill(0);" },
    ],
  },
  {
    ...ipv4Packet,
    name: "fragment-units",
    says: "takes the fragment offset for bytes",
    check: "lab-1.ipv4-parse",
    edits: [{ find: "fragmentOffset: (fragment & fragmentOffsetMask) * 8,", replace: "fragmentOffset: fragment & fragmentOffsetMask," }],
  },
  {
    ...ipv4Packet,
    name: "checksum-swapped",
    says: "writes the checksum in host byte order",
    check: "lab-1.ipv4-serialize",
    edits: [
      {
        find: "setWord(10, internetChecksum(bytes.subarray(0, headerLength)));",
        replace: "new Uint16Array(bytes.buffer, 10, 1)[0] = internetChecksum(bytes.subarray(0, headerLength));",
      },
    ],
  },
  {
    ...ipv4Packet,
    name: "total-length-not-compared",
    says: "does not compare the total length with the bytes that are there",
    check: "lab-1.ipv4-truncated",
    edits: [{ find: '    if (totalLength > bytes.length) return refuse("truncated", "payload");', replace: "" }],
  },
  {
    ...ipv4Packet,
    name: "version-unchecked",
    says: "does not look at the version",
    check: "lab-1.ipv4-version",
    edits: [{ find: '    if (bytes[0]! >>> 4 !== 4) return refuse("bad-version", "version");', replace: "" }],
  },
  {
    ...ipv4Packet,
    name: "short-header",
    says: "accepts a header of four words",
    check: "lab-1.ipv4-header-length",
    edits: [{ find: "if (headerLength < shortestHeader) return", replace: "if (headerLength < 16) return" }],
  },
  {
    ...ipv4Packet,
    name: "total-below-header",
    says: "accepts a total length below the header's",
    check: "lab-1.ipv4-total-length",
    edits: [{ find: "if (totalLength < headerLength) return", replace: "if (totalLength < shortestHeader) return" }],
  },
  {
    ...ipv4Packet,
    name: "checksum-unchecked",
    says: "does not verify the checksum",
    check: "lab-1.ipv4-checksum",
    edits: [
      {
        find: "if (internetChecksum(bytes.subarray(0, headerLength)) !== 0) return",
        replace: "if (internetChecksum(bytes.subarray(0, headerLength)) < 0) return",
      },
    ],
  },
  {
    ...ipv4Packet,
    name: "checksum-over-everything",
    says: "verifies the checksum over the payload too",
    check: "lab-1.ipv4-checksum-of-header-only",
    edits: [
      {
        find: "if (internetChecksum(bytes.subarray(0, headerLength)) !== 0) return",
        replace: "if (internetChecksum(bytes.subarray(0, totalLength)) !== 0) return",
      },
    ],
  },
  {
    ...ipv4Packet,
    name: "padding-in-payload",
    says: "takes the link's padding for payload",
    check: "lab-1.ipv4-padding",
    edits: [{ find: "payload: bytes.subarray(headerLength, totalLength),", replace: "payload: bytes.subarray(headerLength)," }],
  },
  {
    ...ipv4Packet,
    name: "reserved-flag-accepted",
    says: "accepts the reserved flag",
    check: "lab-1.ipv4-reserved-flag",
    edits: [{ find: '    if ((fragment & flags.reserved) !== 0) return refuse("malformed", "flags");', replace: "" }],
  },
  {
    ...ipv4Packet,
    name: "flag-before-checksum",
    says: "looks at the flags before the checksum",
    check: "lab-1.ipv4-first-fault",
    edits: [
      {
        find: "    // The header holds its own checksum, and over such bytes the checksum is 0.",
        replace: '    if ((word(6) & flags.reserved) !== 0) return refuse("malformed", "flags");',
      },
    ],
  },
  {
    ...ipv4Packet,
    name: "numbers-cut",
    says: "cuts a number that does not fit its field",
    check: "lab-1.ipv4-misuse",
    edits: [{ find: '    requireWhole("timeToLive", packet.timeToLive, 0xff);', replace: "" }],
  },
  {
    ...ipv4Packet,
    name: "largest-refused",
    says: "refuses the largest packet of all",
    check: "lab-1.ipv4-largest",
    edits: [{ find: 'requireWhole("totalLength", totalLength, 0xffff);', replace: 'requireWhole("totalLength", totalLength, 0xfffe);' }],
  },
  {
    ...ipv4Packet,
    name: "flags-swapped",
    says: "swaps the two flags",
    check: "lab-1.ipv4-generated",
    edits: [{ find: "dontFragment: 0x4000, moreFragments: 0x2000", replace: "dontFragment: 0x2000, moreFragments: 0x4000" }],
  },
  {
    ...ipv4Packet,
    name: "options-unchecked",
    says: "reads options that are not there",
    check: "lab-1.ipv4-noise",
    edits: [
      { find: '    if (headerLength > bytes.length) return refuse("truncated", "options");', replace: "" },
      {
        find: "if (internetChecksum(bytes.subarray(0, headerLength)) !== 0) return",
        replace: 'if (bytes[headerLength - 1]!.toFixed() === "" || internetChecksum(bytes.subarray(0, headerLength)) !== 0) return',
      },
      { find: '    if (totalLength > bytes.length) return refuse("truncated", "payload");', replace: "" },
    ],
  },
  {
    ...ethernetFrame,
    name: "ethernet-source-first",
    says: "takes the first address for the source",
    check: "lab-1.ethernet-parse",
    edits: [
      {
        find: "destination: macFromBytes(bytes, 0), source: macFromBytes(bytes, 6)",
        replace: "destination: macFromBytes(bytes, 6), source: macFromBytes(bytes, 0)",
      },
    ],
  },
  {
    ...ethernetFrame,
    name: "ethernet-type-swapped",
    says: "writes the EtherType little-endian",
    check: "lab-1.ethernet-serialize",
    edits: [
      {
        find: "    bytes[12] = etherType >>> 8;\n    bytes[13] = etherType & 0xff;",
        replace: "    bytes[13] = etherType >>> 8;\n    bytes[12] = etherType & 0xff;",
      },
    ],
  },
  {
    ...ethernetFrame,
    name: "ethernet-twelve-bytes",
    says: "is content with twelve bytes of header",
    check: "lab-1.ethernet-truncated",
    edits: [
      {
        find: "if (bytes.length < headerLength) return truncatedAt(bytes.length);",
        replace: "if (bytes.length < 12) return truncatedAt(bytes.length);",
      },
    ],
  },
  {
    ...ethernetFrame,
    name: "ethernet-length-accepted",
    says: "takes an IEEE 802.3 length for a type",
    check: "lab-1.ethernet-length-field",
    edits: [{ find: "if (etherType < smallestEtherType) return", replace: "if (etherType < 0x05ff) return" }],
  },
  {
    ...ethernetFrame,
    name: "ethernet-strips-padding",
    says: "strips zeros from the end of the payload",
    check: "lab-1.ethernet-padding",
    edits: [
      {
        find: "payload: bytes.subarray(headerLength) }",
        replace: "payload: bytes.subarray(headerLength, bytes.findLastIndex((byte) => byte !== 0) + 1) }",
      },
    ],
  },
  {
    ...ethernetFrame,
    name: "ethernet-type-unchecked",
    says: "writes any number as an EtherType",
    check: "lab-1.ethernet-misuse",
    edits: [
      {
        find: "if (!Number.isInteger(etherType) || etherType < smallestEtherType || etherType > 0xffff)",
        replace: "if (!Number.isInteger(etherType))",
      },
    ],
  },
  {
    ...ethernetFrame,
    name: "ethernet-pads",
    says: "pads short frames to 60 bytes",
    check: "lab-1.ethernet-generated",
    edits: [
      {
        find: "new Uint8Array(headerLength + frame.payload.length)",
        replace: "new Uint8Array(Math.max(60, headerLength + frame.payload.length))",
      },
    ],
  },
  {
    ...ethernetFrame,
    name: "ethernet-throws",
    says: "throws at a frame that is too short",
    check: "lab-1.ethernet-noise",
    edits: [
      {
        find: "if (bytes.length < headerLength) return truncatedAt(bytes.length);",
        replace: 'if (bytes.length < headerLength) throw new RangeError("no frame");',
      },
    ],
  },
  {
    ...arpMessage,
    name: "arp-target-first",
    says: "takes the target for the sender",
    check: "lab-1.arp-parse",
    edits: [{ find: "senderIp: ipv4FromBytes(bytes, 14),", replace: "senderIp: ipv4FromBytes(bytes, 24)," }],
  },
  {
    ...arpMessage,
    name: "arp-operation-host-order",
    says: "writes the operation in host byte order",
    check: "lab-1.arp-serialize",
    edits: [{ find: "bytes[7] = operationNumbers[message.operation];", replace: "bytes[6] = operationNumbers[message.operation];" }],
  },
  {
    ...arpMessage,
    name: "arp-addresses-unchecked",
    says: "is content with the eight fixed bytes",
    check: "lab-1.arp-truncated",
    edits: [
      {
        find: "    if (bytes.length < messageLength) return truncatedAt(bytes.length);\n    return {",
        replace: "    if (bytes.length < 24) return truncatedAt(bytes.length);\n    return {",
      },
    ],
  },
  {
    ...arpMessage,
    name: "arp-exact-length",
    says: "refuses a message with padding behind it",
    check: "lab-1.arp-padding",
    edits: [
      {
        find: "    if (bytes.length < messageLength) return truncatedAt(bytes.length);\n    return {",
        replace: "    if (bytes.length !== messageLength) return truncatedAt(bytes.length);\n    return {",
      },
    ],
  },
  {
    ...arpMessage,
    name: "arp-any-operation",
    says: "takes every operation but 1 for a reply",
    check: "lab-1.arp-unsupported",
    edits: [
      {
        find: '    if (operation !== operationNumbers.request && operation !== operationNumbers.reply) return refuse("unsupported", "operation");',
        replace: "",
      },
    ],
  },
  {
    ...arpMessage,
    name: "arp-lengths-unchecked",
    says: "does not look at the length of IP addresses",
    check: "lab-1.arp-lengths",
    edits: [{ find: '    if (bytes[5] !== 4) return refuse("bad-length", "protocolLength");', replace: "" }],
  },
  {
    ...arpMessage,
    name: "arp-swaps-targets",
    says: "writes the target's IP in front of its MAC",
    check: "lab-1.arp-generated",
    edits: [
      {
        find: "    bytes.set(macToBytes(message.targetMac), 18);\n    bytes.set(ipv4ToBytes(message.targetIp), 24);",
        replace: "    bytes.set(ipv4ToBytes(message.targetIp), 18);\n    bytes.set(macToBytes(message.targetMac), 22);",
      },
    ],
  },
  {
    ...arpMessage,
    name: "arp-low-byte-only",
    says: "looks only at the low byte of the hardware type",
    check: "lab-1.arp-noise",
    edits: [{ find: "if (word(0) !== 1) return", replace: "if (bytes[1] !== 1) return" }],
  },
  {
    ...ipv4Packet,
    name: "payload-cut",
    says: "cuts the payload at 1280 bytes",
    check: "lab-1.replay-tunnel-packets",
    edits: [
      {
        find: "payload: bytes.subarray(headerLength, totalLength),",
        replace: "payload: bytes.subarray(headerLength, Math.min(totalLength, 1280)),",
      },
    ],
  },
  {
    ...ipv4Packet,
    name: "ipv6-accepted",
    says: "accepts version 6 too",
    check: "lab-1.replay-tun",
    edits: [
      {
        find: 'if (bytes[0]! >>> 4 !== 4) return refuse("bad-version", "version");',
        replace: 'if (bytes[0]! >>> 4 !== 4 && bytes[0]! >>> 4 !== 6) return refuse("bad-version", "version");',
      },
    ],
  },
  {
    ...ipv4Packet,
    name: "options-lost",
    says: "loses the options",
    check: "lab-1.replay-ethernet",
    edits: [{ find: "options: bytes.subarray(shortestHeader, headerLength),", replace: "options: bytes.subarray(0, 0)," }],
  },
  {
    ...ipv4Packet,
    name: "payload-at-20",
    says: "takes every header to be 20 bytes long",
    check: "lab-1.ipv4-parse",
    edits: [
      { find: "options: bytes.subarray(shortestHeader, headerLength),", replace: "options: bytes.subarray(0, 0)," },
      { find: "payload: bytes.subarray(headerLength, totalLength),", replace: "payload: bytes.subarray(shortestHeader, totalLength)," },
    ],
  },
  {
    ...ipv4Packet,
    name: "reads-the-whole-buffer",
    says: "reads the buffer in which its bytes lie, from the start of that",
    check: "lab-1.ipv4-parse",
    edits: [
      {
        find: "const word = (offset: number) => (bytes[offset]! << 8) | bytes[offset + 1]!;",
        replace: "const view = new DataView(bytes.buffer);\n    const word = (offset: number) => view.getUint16(offset);",
      },
    ],
  },
];
