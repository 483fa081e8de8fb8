import type { Variant } from "./variant.ts";

const internetChecksum = { lab: "lab-1", file: "internet-checksum.ts" } as const;
const message = { lab: "lab-1", file: "message.ts" } as const;
const addressGrant = { lab: "lab-1", file: "address-grant.ts" } as const;

/** Lab 1's internet checksum, messages and address grant with one bug each. */
export const messageVariants: readonly Variant[] = [
  {
    ...internetChecksum,
    name: "checksum-skips-a-word",
    says: "begins with the second word",
    check: "lab-1.checksum-verifies",
    edits: [{ find: "for (let index = 0; index < last", replace: "for (let index = 2; index < last" }],
  },
  {
    ...internetChecksum,
    name: "checksum-little-endian",
    says: "adds the bytes of a word in the wrong order",
    check: "lab-1.checksum-example",
    edits: [{ find: "(bytes[index]! << 8) | bytes[index + 1]!", replace: "(bytes[index + 1]! << 8) | bytes[index]!" }],
  },
  {
    ...internetChecksum,
    name: "checksum-no-complement",
    says: "forgets the complement",
    check: "lab-1.checksum-example",
    edits: [{ find: "return 0xffff - sum;", replace: "return sum;" }],
  },
  {
    ...internetChecksum,
    name: "checksum-folds-once",
    says: "folds the carry back in only once",
    check: "lab-1.checksum-carry",
    edits: [{ find: "while (sum > 0xffff)", replace: "if (sum > 0xffff)" }],
  },
  {
    ...internetChecksum,
    name: "checksum-drops-odd-byte",
    says: "leaves out the last byte of an odd length",
    check: "lab-1.checksum-odd-length",
    edits: [{ find: "if (bytes.length % 2 === 1) sum += bytes[last]! << 8;", replace: "" }],
  },
  {
    ...internetChecksum,
    name: "checksum-signed-complement",
    says: "complements in 32 bits, so that nothing gives -1",
    check: "lab-1.checksum-zeros",
    edits: [{ find: "return 0xffff - sum;", replace: "return ~sum;" }],
  },
  {
    ...internetChecksum,
    name: "checksum-no-carry",
    says: "cuts the sum to 16 bits without adding the carry",
    check: "lab-1.checksum-generated",
    edits: [{ find: "sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000);", replace: "sum %= 0x1_0000;" }],
  },
  {
    ...internetChecksum,
    name: "checksum-32-bits",
    says: "keeps the sum in 32 bits with a sign, which a long buffer overflows",
    check: "lab-1.checksum-large",
    edits: [
      {
        find: "sum += (bytes[index]! << 8) | bytes[index + 1]!;",
        replace: "sum = (sum + ((bytes[index]! << 8) | bytes[index + 1]!)) | 0;",
      },
    ],
  },
  {
    ...message,
    name: "length-without-header",
    says: "counts only the data in the length",
    check: "lab-1.encode-header-only",
    edits: [{ find: "bytes[0] = length & 0xff;", replace: "bytes[0] = data.length & 0xff;" }],
  },
  {
    ...message,
    name: "length-big-endian",
    says: "writes the length in network byte order",
    check: "lab-1.encode-packet",
    edits: [
      { find: "bytes[0] = length & 0xff;", replace: "bytes[0] = length >>> 24;" },
      { find: "bytes[3] = length >>> 24;", replace: "bytes[3] = length & 0xff;" },
    ],
  },
  {
    ...message,
    name: "length-one-byte",
    says: "writes only the lowest byte of the length",
    check: "lab-1.encode-length-bytes",
    edits: [{ find: "bytes[1] = (length >>> 8) & 0xff;", replace: "" }],
  },
  {
    ...message,
    name: "messages-share-an-array",
    says: "writes each message into the same array",
    check: "lab-1.encode-header-only",
    edits: [
      { find: "const noData = new Uint8Array(0);", replace: "const noData = new Uint8Array(0);\nconst shared = new Uint8Array(0x1_0000);" },
      { find: "const bytes = newBytes(length);", replace: "const bytes = shared.subarray(0, length);" },
    ],
  },
  {
    ...message,
    name: "text-with-nul",
    says: "ends the text of a grant with a NUL, as C would",
    check: "lab-1.encode-text",
    edits: [{ find: "      return message.data;", replace: "      return Uint8Array.of(...message.data, 0);" }],
  },
  {
    ...message,
    name: "no-empty-packet",
    says: "writes a heartbeat for an empty packet",
    check: "lab-1.encode-generated",
    edits: [
      {
        find: "bytes[4] = typeNumbers[message.type];",
        replace: 'bytes[4] = data.length === 0 && message.type === "internet-request" ? 104 : typeNumbers[message.type];',
      },
    ],
  },
  {
    ...message,
    name: "whole-structure",
    says: "sends its whole structure of 4104 bytes, whatever is in it",
    check: "lab-1.encode-header-only",
    edits: [{ find: "const bytes = newBytes(length);", replace: "const bytes = newBytes(Math.max(length, 4104));" }],
  },
  {
    ...message,
    name: "aligned-structure",
    says: "begins the data at offset 8, where a compiler of C aligns it",
    check: "lab-1.encode-packet",
    edits: [
      { find: "const bytes = newBytes(length);", replace: "const bytes = newBytes(data.length > 0 ? length + 3 : length);" },
      { find: "bytes.set(data, headerLength);", replace: "bytes.set(data, data.length > 0 ? headerLength + 3 : headerLength);" },
    ],
  },
  {
    ...addressGrant,
    name: "grant-dns-order",
    says: "writes the DNS servers in the wrong order",
    check: "lab-1.grant-exact",
    edits: [{ find: "[grant.address, grant.route, ...grant.dns]", replace: "[grant.address, grant.route, ...grant.dns.toReversed()]" }],
  },
  {
    ...addressGrant,
    name: "grant-single-spaces",
    says: "splits at single spaces only",
    check: "lab-1.grant-tolerant",
    edits: [{ find: "text.match(/[^ \\t\\r\\n]+/g) ?? []", replace: 'text.split(" ")' }],
  },
  {
    ...addressGrant,
    name: "grant-fills-up",
    says: "fills a grant of four words up",
    check: "lab-1.grant-too-few",
    edits: [
      { find: "if (words.length < fields.length) return", replace: "if (words.length < 4) return" },
      { find: "value: { address, route, dns }", replace: "value: { address, route, dns: [dns[0], dns[1], dns[2] ?? dns[1]] }" },
    ],
  },
  {
    ...addressGrant,
    name: "grant-route-unchecked",
    says: "does not look whether the route is an address",
    check: "lab-1.grant-bad-address",
    edits: [{ find: "!isIpv4(word)", replace: "(index !== 1 && !isIpv4(word))" }],
  },
  {
    ...addressGrant,
    name: "grant-counts-first",
    says: "counts six words before it looks at the five",
    check: "lab-1.grant-too-many",
    edits: [
      {
        find: "const wrong = words.findIndex((word",
        replace: 'if (words.length > fields.length) return refuse("malformed", "dns");\n    const wrong = words.findIndex((word',
      },
    ],
  },
  {
    ...addressGrant,
    name: "grant-nul-ends-a-line",
    says: "ignores what stands behind a NUL up to the end of the line only",
    check: "lab-1.grant-tolerant",
    edits: [
      {
        find: "ascii.decode(nul < 0 ? bytes : bytes.subarray(0, nul))",
        replace: 'ascii.decode(nul < 0 ? bytes : bytes).replace(/\\0.*$/, "")',
      },
    ],
  },
  {
    ...addressGrant,
    name: "grant-six-words",
    says: "reads the first five of six words",
    check: "lab-1.grant-too-many",
    edits: [{ find: "index >= fields.length || !isIpv4(word)", replace: "index < fields.length && !isIpv4(word)" }],
  },
  {
    ...addressGrant,
    name: "grant-swapped",
    says: "swaps address and route",
    check: "lab-1.grant-generated",
    edits: [{ find: "value: { address, route,", replace: "value: { address: route, route: address," }],
  },
  {
    ...addressGrant,
    name: "grant-throws",
    says: "throws at bytes that are no text",
    check: "lab-1.grant-noise",
    edits: [{ find: 'const ascii = new TextDecoder("latin1");', replace: 'const ascii = new TextDecoder("utf-8", { fatal: true });' }],
  },
  {
    ...addressGrant,
    name: "grant-one-space-behind",
    says: "does not read a grant with one space behind it",
    check: "lab-1.replay-grant",
    edits: [
      {
        find: "    const text = ascii.decode(nul < 0 ? bytes : bytes.subarray(0, nul));",
        replace:
          '    const text = ascii.decode(nul < 0 ? bytes : bytes.subarray(0, nul));\n    if (text.startsWith("13.8.0.2 0.0.0.0 166")) return refuse("malformed", "dns");',
      },
    ],
  },
  {
    ...internetChecksum,
    name: "checksum-odd-byte-low",
    says: "takes the odd last byte for the low half of its word",
    check: "lab-1.checksum-odd-length",
    edits: [{ find: "sum += bytes[last]! << 8;", replace: "sum += bytes[last]!;" }],
  },
  {
    ...addressGrant,
    name: "grant-nul-kept",
    says: "reads on behind a NUL",
    check: "lab-1.grant-tolerant",
    edits: [{ find: "const nul = bytes.indexOf(0);", replace: "const nul = -1;" }],
  },
];
