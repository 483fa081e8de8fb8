import type { Check, Exam } from "#checks/harness/check.ts";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { forAll } from "#checks/harness/generate.ts";
import { toLab } from "#checks/harness/story-packet.ts";
import { checksumByDivision } from "#checks/harness/wire/assemble.ts";
import { ipv4Layout } from "#checks/harness/wire/layouts.ts";
import { packetBytes } from "#checks/harness/wire/packet-bytes.ts";
import type { Ipv4Packet, Lab1 } from "#contract/lab-1-codec.ts";
import { ipv4Packets } from "#fixtures/vectors/ipv4-packets.ts";
import { ipv4FromNumber } from "#kit/addresses.ts";
import { concat, fromHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import {
  accepts,
  type CodecUnderCheck,
  neverThrows,
  padded,
  parsesVectors,
  refuses,
  refusesTruncations,
  roundTrips,
  serializesVectors,
  throwsRangeError,
  withByte,
} from "./codec-laws.ts";

const rule = "docs/protocol.md#ipv4-packet";
const rfc = "RFC 791 section 3.1";

const packet = ({ subject, story }: Exam<Lab1>): CodecUnderCheck<Ipv4Packet> => ({ codec: subject.ipv4Packet, layout: ipv4Layout, story });

/** A packet of 33 bytes, and one with eight bytes of options. */
const [, plain, withOptions] = ipv4Packets;
if (plain === undefined || withOptions === undefined) throw new Error("The IPv4 vectors are missing.");
const bytes = fromHex(plain.hex);

/** A wrong packet whose checksum is right all the same: the fault under check is its only one. */
function rechecked(header: Uint8Array, headerLength = 20): Uint8Array {
  const zeroed = withByte(withByte(header, 10, 0), 11, 0);
  const checksum = checksumByDivision(zeroed.slice(0, headerLength));
  return withByte(withByte(zeroed, 10, checksum >> 8), 11, checksum & 0xff);
}

export const checks: readonly Check<Lab1>[] = [
  {
    id: "lab-1.ipv4-parse",
    title: "Real packets parse: plain, with options, a fragment, without payload",
    rule: rfc,
    hints: [
      "Look at the field that the story names, and at its place in the RFC's drawing.",
      "Numbers are big-endian here. The header is headerLength words of 4 bytes long, the fragment offset counts units of 8 bytes.",
      "Read each field at its offset; options end and the payload begins at headerLength * 4.",
    ],
    run: (exam) => parsesVectors(packet(exam), ipv4Packets),
  },
  {
    id: "lab-1.ipv4-serialize",
    title: "The same packets serialize to the bytes that were captured",
    rule: rfc,
    hints: [
      "Look at the first wrong byte in the story: the field is named beside it.",
      "Version, lengths and checksum are not in the value: they follow from the rest.",
      "Write all fields with checksum 0, compute the checksum over the header (options too), put it into bytes 10 and 11.",
    ],
    run: (exam) => serializesVectors(packet(exam), ipv4Packets),
  },
  {
    id: "lab-1.ipv4-truncated",
    title: "Every truncation of a packet is refused as truncated",
    rule,
    hints: [
      "Look at how many bytes there are before you read any.",
      "Three ends can be missing: the 20 bytes, the options that headerLength announces, the payload that totalLength announces.",
      "Compare bytes.length with 20, then with headerLength * 4, then with totalLength. The field is the first one that is not whole.",
    ],
    run: (exam) => refusesTruncations(packet(exam), ipv4Packets, (whole) => whole.length),
  },
  {
    id: "lab-1.ipv4-version",
    title: "A packet of another version is refused as bad-version",
    rule,
    hints: [
      "Look at the high four bits of the first byte.",
      "The kernel sends IPv6 packets into the tunnel as soon as it is up. One public server looped on the first of them.",
      "bytes[0] >> 4 must be 4: else bad-version, field version. Only after there are 20 bytes.",
    ],
    run: async (exam) => {
      const ipv6 = fromHex("60000000 00083afffe800000 000000000000 0000 0000 0001 ff020000000000000000000000000002 85007d38 00000000");
      await refuses(packet(exam), ipv6, { reason: "bad-version", field: "version" }, "an IPv6 router solicitation");
      for (const version of [0, 5, 15]) {
        const changed = rechecked(withByte(bytes, 0, (version << 4) | 5));
        await refuses(packet(exam), changed, { reason: "bad-version", field: "version" }, `a packet of version ${version}`);
      }
    },
  },
  {
    id: "lab-1.ipv4-header-length",
    title: "A header length below five words is refused as bad-length",
    rule,
    hints: [
      "Look at the low four bits of the first byte.",
      "They count words of 4 bytes. A header has at least 20 bytes: 5 words.",
      "(bytes[0] & 15) < 5: bad-length, field headerLength.",
    ],
    run: async (exam) => {
      for (const words of [0, 1, 4])
        await refuses(
          packet(exam),
          rechecked(withByte(bytes, 0, 0x40 | words)),
          { reason: "bad-length", field: "headerLength" },
          `a header length of ${counted(words, "word")}`,
        );
    },
  },
  {
    id: "lab-1.ipv4-total-length",
    title: "A total length shorter than the header is refused as bad-length",
    rule,
    hints: [
      "Look at bytes 2 and 3: the whole packet, header included.",
      "0 is a total length that hardware offload can leave behind. A payload of minus 20 bytes is none.",
      "totalLength < headerLength * 4: bad-length, field totalLength.",
    ],
    run: async (exam) => {
      for (const length of [0, 19]) {
        const changed = rechecked(withByte(withByte(bytes, 2, 0), 3, length));
        await refuses(packet(exam), changed, { reason: "bad-length", field: "totalLength" }, `a total length of ${length}`);
      }
      const short = rechecked(withByte(fromHex(withOptions.hex), 3, 27), 28);
      await refuses(packet(exam), short, { reason: "bad-length", field: "totalLength" }, "a total length of 27 with a header of 28");
    },
  },
  {
    id: "lab-1.ipv4-checksum",
    title: "A header with any single bit wrong is not accepted",
    rule,
    hints: [
      "Look at where the checksum is verified.",
      "Over the whole header, the checksum field and the options included, the checksum of right bytes is 0.",
      "internetChecksum(bytes.subarray(0, headerLength * 4)) !== 0: bad-checksum, field headerChecksum.",
    ],
    run: async (exam) => {
      const { codec, story } = packet(exam);
      for (const { name, hex } of [plain, withOptions]) {
        const right = fromHex(hex);
        const header = ((right[0] ?? 0) & 15) * 4;
        for (let bit = 0; bit < header * 8; bit++) {
          const wrong = withByte(right, bit >> 3, (right[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7)));
          const answer = await codec.parse(wrong);
          // In the first four bytes the fault may be seen as one of version or length; behind them only the checksum tells.
          if (!answer.ok && (bit < 32 || (answer.error.reason === "bad-checksum" && answer.error.field === "headerChecksum"))) continue;
          story.tell("parse", `${name}, bit ${bit & 7} of byte ${bit >> 3} turned over`, toLab("raw-ip", wrong));
          throw new CheckFailure("a header with a wrong bit should be refused as bad-checksum", [
            {
              kind: "got",
              text: answer.ok ? "got       accepted" : `got       refused: ${answer.error.reason}, field ${answer.error.field}`,
            },
          ]);
        }
      }
    },
  },
  {
    id: "lab-1.ipv4-checksum-of-header-only",
    title: "A wrong payload is none of the header's business",
    rule,
    hints: [
      "Look at which bytes go into the checksum.",
      "IPv4's checksum covers the header alone; the payload has its own (UDP's, TCP's).",
      "Pass subarray(0, headerLength * 4), not all bytes.",
    ],
    run: async (exam) => {
      const changed = withByte(bytes, 30, 0x21);
      await accepts(packet(exam), changed, { ...plain.value, payload: changed.slice(20) }, "a packet with another payload");
    },
  },
  {
    id: "lab-1.ipv4-padding",
    title: "What stands behind the total length is the link's padding, and left out",
    rule,
    hints: [
      "Look at a short packet in an Ethernet frame: the frame has at least 46 bytes of payload, filled up with zeros.",
      "totalLength says where the packet ends, bytes.length does not.",
      "payload = bytes.subarray(headerLength * 4, totalLength)",
    ],
    run: async (exam) => {
      await accepts(packet(exam), padded(bytes, 13), plain.value, "a packet with 13 zero bytes behind it");
      await accepts(packet(exam), padded(bytes, 200, 0xee), plain.value, "a packet with 200 other bytes behind it");
    },
  },
  {
    id: "lab-1.ipv4-reserved-flag",
    title: "The reserved flag must be zero",
    rule: rfc,
    hints: [
      "Look at the highest bit of byte 6.",
      "RFC 791: it must be zero. A value without that bit could not give the same bytes back.",
      "Refuse it as malformed, field flags, after the checksum.",
    ],
    run: async (exam) => {
      const changed = rechecked(withByte(bytes, 6, (bytes[6] ?? 0) | 0x80));
      await refuses(packet(exam), changed, { reason: "malformed", field: "flags" }, "a packet with the reserved flag set");
    },
  },
  {
    id: "lab-1.ipv4-first-fault",
    title: "Of several faults the first in the order of the rules is told",
    rule,
    hints: [
      "Look at the order of your tests.",
      "After the first fault nothing behind it can be trusted: with a wrong header length, which bytes would the checksum cover?",
      "20 bytes, version, headerLength, options there, totalLength, payload there, checksum, flags.",
    ],
    run: async (exam) => {
      await refuses(packet(exam), withByte(bytes, 0, 0x54), { reason: "bad-version", field: "version" }, "version 5 and header length 4");
      await refuses(
        packet(exam),
        withByte(withByte(bytes, 0, 0x44), 3, 0),
        { reason: "bad-length", field: "headerLength" },
        "header length 4 and total length 0",
      );
      await refuses(
        packet(exam),
        withByte(withByte(bytes, 0, 0x4f), 3, 20),
        { reason: "truncated", field: "options" },
        "header length 15 in fewer bytes than that, and total length 20",
      );
      await refuses(
        packet(exam),
        withByte(withByte(bytes, 3, 5), 6, 0xc0),
        { reason: "bad-length", field: "totalLength" },
        "total length 5, the reserved flag, a wrong checksum",
      );
      await refuses(
        packet(exam),
        withByte(bytes, 6, 0xc0),
        { reason: "bad-checksum", field: "headerChecksum" },
        "the reserved flag and a wrong checksum",
      );
    },
  },
  {
    id: "lab-1.ipv4-misuse",
    title: "A value that no header can carry throws a RangeError",
    rule: "docs/lab-1-codec.md#ipv4-packet",
    hints: [
      "Look at serialize() with a number that does not fit its field.",
      "300 & 255 is 44: a wrong packet leaves, and nobody knows why. The caller's mistake is told at once.",
      "Check each number's range, the offset's multiple of 8, the options' multiple of 4 and 40 bytes, and 65535 bytes in all.",
    ],
    run: async (exam) => {
      const { value } = plain;
      const wrong: readonly (readonly [what: string, value: Ipv4Packet])[] = [
        ["timeToLive 256", { ...value, timeToLive: 256 }],
        ["timeToLive -1", { ...value, timeToLive: -1 }],
        ["timeToLive 1.5", { ...value, timeToLive: 1.5 }],
        ["protocol 256", { ...value, protocol: 256 }],
        ["typeOfService 256", { ...value, typeOfService: 256 }],
        ["identification 65536", { ...value, identification: 65536 }],
        ["identification NaN", { ...value, identification: Number.NaN }],
        ["fragmentOffset 4", { ...value, fragmentOffset: 4 }],
        ["fragmentOffset 65536", { ...value, fragmentOffset: 65536 }],
        ["6 bytes of options", { ...value, options: new Uint8Array(6) }],
        ["44 bytes of options", { ...value, options: new Uint8Array(44) }],
        ["65516 bytes of payload", { ...value, payload: new Uint8Array(65516) }],
      ];
      for (const [what, changed] of wrong) await throwsRangeError(packet(exam), changed, what);
    },
  },
  {
    id: "lab-1.ipv4-largest",
    title: "The largest packet of all, 65535 bytes with 40 bytes of options, goes through",
    rule: rfc,
    hints: [
      "Look at the largest values that the fields allow.",
      "15 words of header, 65535 bytes in all: both are still right.",
      "Compare with > and not with >=.",
    ],
    run: async (exam) => {
      const value: Ipv4Packet = { ...plain.value, options: new Uint8Array(40).fill(1), payload: new Uint8Array(65_475).fill(0x5a) };
      await roundTrips(packet(exam), value, packetBytes(value), "the largest packet");
    },
  },
  {
    id: "lab-1.ipv4-generated",
    title: "Any packet serializes as the RFC draws it, and parses back",
    rule: rfc,
    hints: [
      "Look at the smallest failing packet that the story shows.",
      "Most failures here are one flag, the fragment offset, or the options' length.",
      "flags and offset share two bytes: dontFragment is 0x4000, moreFragments 0x2000, the offset / 8 the rest.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) =>
          fc.record({
            typeOfService: fc.nat(255),
            identification: fc.nat(65535),
            dontFragment: fc.boolean(),
            moreFragments: fc.boolean(),
            fragmentOffset: fc.nat(8191).map((units) => units * 8),
            timeToLive: fc.nat(255),
            protocol: fc.nat(255),
            source: fc.integer({ min: 0, max: 0xffff_ffff }).map(ipv4FromNumber),
            destination: fc.integer({ min: 0, max: 0xffff_ffff }).map(ipv4FromNumber),
            options: fc.array(fc.uint8Array({ minLength: 4, maxLength: 4 }), { maxLength: 10 }).map((words) => concat(...words)),
            payload: fc.uint8Array({ maxLength: 40 }),
          }),
        async (value) => roundTrips(packet(exam), value, packetBytes(value)),
        { cases: 80 },
      ),
  },
  {
    id: "lab-1.ipv4-noise",
    title: "Any bytes for a packet are answered, not thrown at; what is accepted serializes to itself",
    rule,
    hints: [
      "Look at the error that was thrown, and at the bytes in the story.",
      "Every length in the packet can lie. Each is compared with the bytes that are there before it is used.",
      "Is there a read, a subarray or a DataView before its bytes are known to be there?",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) =>
          fc.oneof(
            fc.uint8Array({ maxLength: 60 }),
            fc
              .record({ at: fc.nat(19), to: fc.nat(255), more: fc.uint8Array({ maxLength: 8 }) })
              .map(({ at, to, more }) => rechecked(concat(withByte(bytes, at, to), more))),
          ),
        async (noise) => neverThrows(packet(exam), noise),
        { cases: 80 },
      ),
  },
];
