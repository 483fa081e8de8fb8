import type { Check, Exam } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import { ethernetLayout } from "#checks/harness/wire/layouts.ts";
import type { EthernetFrame, Lab1 } from "#contract/lab-1-codec.ts";
import { ethernetFrames } from "#fixtures/vectors/ethernet-frames.ts";
import type { Vector } from "#fixtures/vectors/vector.ts";
import { macFromBytes, macToBytes } from "#kit/addresses.ts";
import { concat, fromHex, toHex } from "#kit/bytes.ts";
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
} from "./codec-laws.ts";

const rule = "docs/protocol.md#ethernet-frame";

const frame = ({ subject, story }: Exam<Lab1>): CodecUnderCheck<EthernetFrame> => ({
  codec: subject.ethernetFrame,
  layout: ethernetLayout,
  story,
});

const addresses = fromHex("02000000000b 02000000000a");
const [first] = ethernetFrames;
if (first === undefined) throw new Error("The Ethernet vectors are missing.");

/** The frame as its bytes, written independently. */
function frameBytes({ destination, source, etherType, payload }: EthernetFrame): Uint8Array {
  return concat(macToBytes(destination), macToBytes(source), Uint8Array.of(etherType >> 8, etherType & 0xff), payload);
}

/** The smallest EtherType, and the largest. */
const extremes: readonly Vector<EthernetFrame>[] = [0x0600, 0xffff].map((etherType) => {
  const value = { ...first.value, etherType };
  return { name: `a frame of type 0x${etherType.toString(16).padStart(4, "0")}`, hex: toHex(frameBytes(value)), value };
});

export const checks: readonly Check<Lab1>[] = [
  {
    id: "lab-1.ethernet-parse",
    title: "Frames parse: destination first, then source, then the EtherType",
    rule,
    hints: [
      "Look at the order of the two addresses.",
      "The destination comes first, so that a switch can decide early. The EtherType is big-endian.",
      "Bytes 0 to 5, 6 to 11, 12 and 13, and the rest is payload.",
    ],
    run: (exam) => parsesVectors(frame(exam), ethernetFrames),
  },
  {
    id: "lab-1.ethernet-serialize",
    title: "Frames serialize to the bytes that were captured, whatever their type",
    rule,
    hints: [
      "Look at the first wrong byte in the story.",
      "14 bytes of header, then the payload, and no padding: the device adds that.",
      "A new array of 14 + payload.length bytes.",
    ],
    run: (exam) => serializesVectors(frame(exam), [...ethernetFrames, ...extremes]),
  },
  {
    id: "lab-1.ethernet-truncated",
    title: "Fewer than 14 bytes are no frame",
    rule,
    hints: [
      "Look at a frame of 0 to 13 bytes.",
      "Check the length before you read the addresses: the kit's macFromBytes() throws when its bytes are not there.",
      "bytes.length < 14: refuse as truncated. The field is the first one that is not whole.",
    ],
    run: (exam) => refusesTruncations(frame(exam), ethernetFrames, () => 14),
  },
  {
    id: "lab-1.ethernet-length-field",
    title: "A type below 0x0600 is an IEEE 802.3 length, and unsupported",
    rule,
    hints: [
      "Look at bytes 12 and 13 of a frame with 0x0026 there: spanning tree, for example.",
      "Old frames carry a length in that place. It is well formed, but nothing for us: unsupported.",
      "etherType < 0x0600: refuse as unsupported, field etherType.",
    ],
    run: async (exam) => {
      for (const type of ["0000", "0026", "05dc", "05ff"])
        await refuses(
          frame(exam),
          concat(addresses, fromHex(`${type} 424203`)),
          { reason: "unsupported", field: "etherType" },
          `a frame with the type 0x${type}`,
        );
    },
  },
  {
    id: "lab-1.ethernet-padding",
    title: "Padding stays in the payload: the frame cannot know",
    rule,
    hints: [
      "Look at a frame with zeros behind its packet.",
      "Only the packet's own length says what is padding. The frame's payload is everything behind the header.",
      "payload = bytes.subarray(14)",
    ],
    run: (exam) =>
      accepts(
        frame(exam),
        padded(fromHex(first.hex), 18),
        { ...first.value, payload: padded(first.value.payload, 18) },
        "a frame with padding",
      ),
  },
  {
    id: "lab-1.ethernet-misuse",
    title: "An EtherType that is none throws a RangeError",
    rule: "docs/lab-1-codec.md#ethernet-frame",
    hints: [
      "Look at serialize() with an etherType of 0x10000 or 0x05ff.",
      "Written, it would be read as something else by whoever receives it.",
      "Throw unless it is a whole number from 0x0600 to 0xffff.",
    ],
    run: async (exam) => {
      for (const etherType of [0x1_0000, 0x05ff, 0, -1, 2048.5, Number.NaN])
        await throwsRangeError(frame(exam), { ...first.value, etherType }, `etherType ${etherType}`);
    },
  },
  {
    id: "lab-1.ethernet-generated",
    title: "Any frame serializes as drawn, and parses back",
    rule,
    hints: [
      "Look at the smallest failing frame that the story shows.",
      "Is each byte of the addresses written with two digits when it is read back?",
      "Use the kit's macToBytes() and macFromBytes().",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => {
          const address = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((six) => macFromBytes(six));
          return fc.record({
            destination: address,
            source: address,
            etherType: fc.integer({ min: 0x0600, max: 0xffff }),
            payload: fc.uint8Array({ maxLength: 40 }),
          });
        },
        async (value) => roundTrips(frame(exam), value, frameBytes(value)),
        { cases: 50 },
      ),
  },
  {
    id: "lab-1.ethernet-noise",
    title: "Any bytes for a frame are answered, not thrown at; what is accepted serializes to itself",
    rule,
    hints: [
      "Look at the error that was thrown, and at the bytes in the story.",
      "A link delivers whatever it delivers.",
      "Check the length first, then the EtherType, and only then build the value.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => fc.uint8Array({ maxLength: 40 }),
        async (noise) => neverThrows(frame(exam), noise),
        { cases: 80 },
      ),
  },
];
