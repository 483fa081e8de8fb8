import type { Check, Exam } from "#checks/harness/check.ts";
import { expectEqual } from "#checks/harness/expect.ts";
import { forAll } from "#checks/harness/generate.ts";
import { messageLayout } from "#checks/harness/wire/layouts.ts";
import type { Lab1, Message } from "#contract/lab-1-codec.ts";
import { messages } from "#fixtures/vectors/messages.ts";
import { fromHex } from "#kit/bytes.ts";
import { describeMessage } from "#kit/describe.ts";
import { anyMessage, messageBytes } from "./any-message.ts";

const rule = "docs/protocol.md#messages";

async function expectEncoded({ subject, story }: Exam<Lab1>, message: Message, expected: Uint8Array): Promise<void> {
  story.tell("encode", describeMessage(message));
  expectEqual(await subject.encodeMessage(message), expected, `encodeMessage of ${describeMessage(message)}`, { layout: messageLayout });
}

/** The vectors with one of these types encode to their bytes. */
function encodes(...types: readonly Message["type"][]): (exam: Exam<Lab1>) => Promise<void> {
  return async (exam) => {
    for (const { hex, value } of messages) if (types.includes(value.type)) await expectEncoded(exam, value, fromHex(hex));
  };
}

export const checks: readonly Check<Lab1>[] = [
  {
    id: "lab-1.encode-header-only",
    title: "An IP request and a heartbeat are five bytes each",
    rule,
    hints: [
      "Look at the worked hexdump in the handout: 05 00 00 00 64.",
      "The length counts the whole message, its own four bytes and the type included. Which end of a number comes first?",
      "Write the length 5 as 05 00 00 00 (little-endian), then the type, 100 or 104, and no data.",
    ],
    run: encodes("ip-request", "heartbeat"),
  },
  {
    id: "lab-1.encode-packet",
    title: "A packet travels whole behind its five bytes of header",
    rule,
    hints: [
      "Look at the length of a message with 20 bytes of packet: 25.",
      "length = 5 + the number of data bytes; the data begins at offset 5.",
      "Make a new array of 5 + packet.length bytes and set() the packet at 5.",
    ],
    run: encodes("internet-request"),
  },
  {
    id: "lab-1.encode-length-bytes",
    title: "A length above 255 fills its second byte",
    rule,
    hints: [
      "Look at a message of 261 bytes: its length is 05 01 00 00.",
      "A length of four bytes is four bytes, least significant first: 261 = 0x0105.",
      "new DataView(bytes.buffer).setUint32(0, length, true), or write the four bytes with shifts.",
    ],
    run: encodes("internet-response"),
  },
  {
    id: "lab-1.encode-text",
    title: "An IP response carries the grant's text as it is",
    rule,
    hints: [
      "Look at message 101: its data is text, and goes unchanged behind the header.",
      "Nothing is added: no NUL, no space.",
      "The same five bytes of header, with type 101, then message.data.",
    ],
    run: encodes("ip-response"),
  },
  {
    id: "lab-1.encode-generated",
    title: "Any message encodes to header and data",
    rule,
    hints: [
      "Look at the smallest failing message that the story shows.",
      "Is there a length, or a type, for which a byte of the header is wrong? An empty packet is a message too.",
      "Compute each header byte from the length alone, and the type from a table of the five names.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => anyMessage(fc),
        (message) => expectEncoded(exam, message, messageBytes(message)),
        { cases: 60 },
      ),
  },
];
