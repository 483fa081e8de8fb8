import type { Check, Exam } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import { arpLayout } from "#checks/harness/wire/layouts.ts";
import { arpBytes } from "#checks/harness/wire/packet-bytes.ts";
import type { ArpMessage, Lab1 } from "#contract/lab-1-codec.ts";
import { arpMessages } from "#fixtures/vectors/arp-messages.ts";
import { ipv4FromBytes, macFromBytes } from "#kit/addresses.ts";
import { fromHex } from "#kit/bytes.ts";
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
  withByte,
} from "./codec-laws.ts";

const rule = "docs/protocol.md#arp-message";

const arp = ({ subject, story }: Exam<Lab1>): CodecUnderCheck<ArpMessage> => ({ codec: subject.arpMessage, layout: arpLayout, story });

const [request] = arpMessages;
if (request === undefined) throw new Error("The ARP vectors are missing.");
const bytes = fromHex(request.hex);

export const checks: readonly Check<Lab1>[] = [
  {
    id: "lab-1.arp-parse",
    title: "Requests, replies and announcements parse",
    rule: "RFC 826",
    hints: [
      "Look at the field that the story names, and at its offset in the handout's table.",
      "Sender comes before target, and each MAC before its IP.",
      "senderMac at 8, senderIp at 14, targetMac at 18, targetIp at 24.",
    ],
    run: (exam) => parsesVectors(arp(exam), arpMessages),
  },
  {
    id: "lab-1.arp-serialize",
    title: "The same messages serialize to exactly 28 bytes",
    rule: "RFC 826",
    hints: [
      "Look at the first wrong byte in the story.",
      "Hardware type 1, protocol type 0x0800, lengths 6 and 4, operation 1 or 2: big-endian, then the four addresses.",
      "28 bytes in all; the link adds padding, you do not.",
    ],
    run: (exam) => serializesVectors(arp(exam), arpMessages),
  },
  {
    id: "lab-1.arp-truncated",
    title: "Every truncation of an ARP message is refused as truncated",
    rule,
    hints: [
      "Look at messages of 0 to 27 bytes.",
      "First the eight bytes that say of what kind it is, then the twenty of the addresses.",
      "bytes.length < 8, and later bytes.length < 28: refuse as truncated. The field is the first one that is not whole.",
    ],
    run: (exam) => refusesTruncations(arp(exam), arpMessages, () => 28),
  },
  {
    id: "lab-1.arp-padding",
    title: "What stands behind byte 28 is padding",
    rule,
    hints: [
      "Look at a message in a frame of 60 bytes: 18 bytes of zeros follow it.",
      "An Ethernet frame has at least 46 bytes of payload.",
      "Do not compare the length with 28 for equality.",
    ],
    run: async (exam) => {
      await accepts(arp(exam), padded(bytes, 18), request.value, "a request with 18 zero bytes behind it");
      await accepts(arp(exam), padded(bytes, 1, 0xff), request.value, "a request with one other byte behind it");
    },
  },
  {
    id: "lab-1.arp-unsupported",
    title: "Other hardware, other protocols and other operations are unsupported",
    rule,
    hints: [
      "Look at the first four bytes, and at bytes 6 and 7.",
      "ARP serves many kinds of hardware and protocol; ours is Ethernet (1) and IPv4 (0x0800). RARP uses operations 3 and 4.",
      "Refuse as unsupported with the field hardwareType, protocolType or operation.",
    ],
    run: async (exam) => {
      const cases: readonly (readonly [offset: number, value: number, field: string])[] = [
        [1, 6, "hardwareType"],
        [0, 1, "hardwareType"],
        [3, 1, "protocolType"],
        [2, 0x86, "protocolType"],
        [7, 0, "operation"],
        [7, 3, "operation"],
        [6, 1, "operation"],
      ];
      for (const [offset, value, field] of cases)
        await refuses(
          arp(exam),
          withByte(bytes, offset, value),
          { reason: "unsupported", field },
          `a message whose byte ${offset} is ${value}`,
        );
      await refuses(
        arp(exam),
        withByte(bytes, 1, 6).slice(0, 8),
        { reason: "unsupported", field: "hardwareType" },
        "eight bytes that say hardware type 6, and no more",
      );
    },
  },
  {
    id: "lab-1.arp-lengths",
    title: "Address lengths other than 6 and 4 are refused as bad-length",
    rule,
    hints: [
      "Look at bytes 4 and 5.",
      "They say how long the addresses are. With other lengths every later field stands elsewhere.",
      "Refuse as bad-length with the field hardwareLength or protocolLength.",
    ],
    run: async (exam) => {
      for (const length of [0, 5, 8, 250, 255]) {
        await refuses(
          arp(exam),
          withByte(bytes, 4, length),
          { reason: "bad-length", field: "hardwareLength" },
          `a hardware length of ${length}`,
        );
        await refuses(
          arp(exam),
          withByte(bytes, 5, length),
          { reason: "bad-length", field: "protocolLength" },
          `a protocol length of ${length}`,
        );
      }
    },
  },
  {
    id: "lab-1.arp-generated",
    title: "Any message serializes as the RFC draws it, and parses back",
    rule: "RFC 826",
    hints: [
      "Look at the smallest failing message that the story shows.",
      "Are sender and target each in their place? Is the operation the right number?",
      "Compare with the table of offsets in the handout, field by field.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => {
          const mac = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((six) => macFromBytes(six));
          const ip = fc.uint8Array({ minLength: 4, maxLength: 4 }).map((four) => ipv4FromBytes(four));
          return fc.record({
            operation: fc.constantFrom("request" as const, "reply" as const),
            senderMac: mac,
            senderIp: ip,
            targetMac: mac,
            targetIp: ip,
          });
        },
        async (value) => roundTrips(arp(exam), value, arpBytes(value)),
        { cases: 50 },
      ),
  },
  {
    id: "lab-1.arp-noise",
    title: "Any bytes for ARP are answered, not thrown at; what is accepted serializes to itself",
    rule,
    hints: [
      "Look at the error that was thrown, and at the bytes in the story.",
      "A well-known library wrapped its length check around in 8 bits here, and read past the end.",
      "Decide by what is there: bytes.length, never by the lengths that the message says.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) =>
          fc.oneof(
            fc.uint8Array({ maxLength: 40 }),
            fc.record({ at: fc.nat(27), to: fc.nat(255) }).map(({ at, to }) => withByte(bytes, at, to)),
          ),
        async (noise) => neverThrows(arp(exam), noise),
        { cases: 80 },
      ),
  },
];
