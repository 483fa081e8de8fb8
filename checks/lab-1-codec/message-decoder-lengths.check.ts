import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import type { Lab1, Message } from "#contract/lab-1-codec.ts";
import { messages } from "#fixtures/vectors/messages.ts";
import { concat, fromHex } from "#kit/bytes.ts";
import { messageBytes, rawMessage } from "./any-message.ts";
import {
  beginDecoding,
  classicLimit,
  expectError,
  expectIgnored,
  expectMessage,
  expectMessages,
  expectNothing,
  receive,
} from "./decoder-steps.ts";

const framing = "docs/protocol.md#framing";
const tolerances = "docs/protocol.md#tolerances";

const ping = messages[2]?.value as Message;
const heartbeat: Message = { type: "heartbeat" };
const request: Message = { type: "ip-request" };
/** One message of each type, one behind the other, and what they are. */
const data = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7) & 0xff);

export const checks: readonly Check<Lab1>[] = [
  {
    id: "lab-1.decode-unknown-type",
    title: "A message of an unknown type is skipped by its length, and the stream goes on",
    rule: tolerances,
    hints: [
      "Look at types other than 100 to 104.",
      "The length is still right, so you know where the next message begins. A program that does not skip the data reads it as a header.",
      "Return { kind: 'ignored', type, length } for it and go on behind it.",
    ],
    run: scenario(beginDecoding(), [
      receive(concat(rawMessage(99, data(11)), messageBytes(heartbeat)), "a message of type 99 with 11 bytes of data, and a heartbeat"),
      expectIgnored(99, 16),
      expectMessage(heartbeat),
      receive(rawMessage(255, new Uint8Array()), "a message of type 255 without data"),
      expectIgnored(255, 5),
    ]),
  },
  {
    id: "lab-1.decode-unknown-type-split",
    title: "An unknown message that comes in pieces is one ignored event, once it is whole",
    rule: tolerances,
    hints: [
      "Look at an unknown message whose data has not all arrived.",
      "It is told once, with its last byte, as other messages are.",
      "Decide what a message is only after it is whole: then known and unknown types take the same way.",
    ],
    run: scenario(beginDecoding(), [
      receive(rawMessage(0, data(40)).slice(0, 20), "half of a message of type 0"),
      expectNothing(),
      receive(rawMessage(0, data(40)).slice(20), "the other half"),
      expectIgnored(0, 45),
      receive(messageBytes(ping), "a packet"),
      expectMessage(ping),
    ]),
  },
  {
    id: "lab-1.decode-data-in-heartbeat",
    title: "An IP request or a heartbeat with data is accepted, its data dropped",
    rule: tolerances,
    hints: [
      "Look at a 104 whose length is more than 5.",
      "Some clients send a fixed amount with every message. The data means nothing, but it has to be skipped.",
      "Return { type: 'heartbeat' } without data, and go on behind the data.",
    ],
    run: scenario(beginDecoding(), [
      receive(
        concat(rawMessage(104, data(8)), rawMessage(100, data(3)), messageBytes(ping)),
        "a heartbeat with 8 bytes, a request with 3, a packet",
      ),
      expectMessages([heartbeat, request, ping]),
    ]),
  },
  {
    id: "lab-1.decode-short-length-tolerated",
    title: "A 100 or 104 whose length says 0 to 4 is its header alone",
    rule: tolerances,
    hints: [
      "Look at a heartbeat that says length 0.",
      "Several public clients leave the length at 0 in messages without data. The five bytes are there all the same.",
      "For types 100 and 104 take a length below 5 as 5.",
    ],
    run: scenario(
      beginDecoding(),
      [0, 1, 2, 3, 4].flatMap((length) => [
        receive(
          concat(rawMessage(104, new Uint8Array(), length), rawMessage(100, new Uint8Array(), length), messageBytes(ping)),
          `a heartbeat and a request that say length ${length}, then a packet`,
        ),
        expectMessages([heartbeat, request, ping]),
      ]),
    ),
  },
  {
    id: "lab-1.decode-length-too-short",
    title: "Any other length below 5 is a framing error",
    rule: framing,
    hints: [
      "Look at a length of 0 to 4 in a message that has data.",
      "The length counts its own five bytes: less cannot be. Three public servers loop for ever on a length of 0.",
      "Return one error event, bad-length in the field length.",
    ],
    run: async (exam) => {
      for (const type of [101, 102, 103, 99]) {
        for (let length = 0; length < 5; length++) {
          exam.story.restart();
          await scenario(beginDecoding(), [
            receive(rawMessage(type, data(20), length), `a message of type ${type} that says length ${length}`),
            expectError(),
          ])(exam);
        }
      }
    },
  },
  {
    id: "lab-1.decode-length-too-long",
    title: "A length above the limit is a framing error; the limit itself is not",
    rule: framing,
    hints: [
      "Look at maxLength: it is the longest whole message that is accepted.",
      "4101 is fine, 4102 is not. Programs that read 5000 bytes into a buffer of 4096 were taken over through this.",
      "length > maxLength is the error.",
    ],
    run: async (exam) => {
      const longest: Message = { type: "internet-request", packet: data(classicLimit - 5) };
      await scenario(beginDecoding(), [receive(messageBytes(longest), `a message of ${classicLimit} bytes`), expectMessage(longest)])(exam);
      for (const length of [classicLimit + 1, 5000, 100_000]) {
        for (const type of [102, 104, 99]) {
          exam.story.restart();
          await scenario(beginDecoding(), [
            receive(rawMessage(type, data(10), length), `a message of type ${type} that says length ${length}`),
            expectError(),
          ])(exam);
        }
      }
      exam.story.restart();
      await scenario(beginDecoding(5), [
        receive(messageBytes(heartbeat), "a heartbeat, where only 5 bytes are allowed"),
        expectMessage(heartbeat),
      ])(exam);
    },
  },
  {
    id: "lab-1.decode-length-unsigned",
    title: "A length of 2^31 or more is too long, not negative",
    rule: framing,
    hints: [
      "Look at a length of ff ff ff ff, or 00 00 00 80.",
      "Bitwise operators in JavaScript give signed numbers: 0x80000000 | 0 is negative, and negative is below every limit.",
      "Read it with getUint32(0, true) of new DataView(bytes.buffer, bytes.byteOffset, bytes.length), or finish with >>> 0.",
    ],
    run: async (exam) => {
      for (const length of [0xffff_ffff, 0x8000_0000, 0x8000_0005, 0xffff_fffb]) {
        for (const type of [102, 104]) {
          exam.story.restart();
          await scenario(beginDecoding(), [
            receive(rawMessage(type, data(10), length), `a message of type ${type} that says length ${length}`),
            expectError(),
          ])(exam);
        }
      }
    },
  },
  {
    id: "lab-1.decode-error-early",
    title: "A wrong length is told as soon as the five header bytes are there",
    rule: framing,
    hints: [
      "Look at when you compare the length with the limit.",
      "Waiting for 100 000 bytes that a hostile peer never sends holds memory and a connection for nothing.",
      "Check the length as soon as the header is whole, before you wait for data; not earlier, since the type decides too.",
    ],
    run: scenario(beginDecoding(), [
      receive(rawMessage(102, new Uint8Array(), 100_000).slice(0, 4), "the length 100000, without the type"),
      expectNothing(),
      receive(fromHex("66"), "the type"),
      expectError(),
    ]),
  },
  {
    id: "lab-1.decode-before-error",
    title: "Messages in front of a framing error are delivered",
    rule: framing,
    hints: [
      "Look at a chunk that holds good messages and then a wrong length.",
      "What came before the error was right, and somebody waits for it.",
      "Add the error to the events that you have collected; do not replace them.",
    ],
    run: scenario(beginDecoding(), [
      receive(
        concat(messageBytes(ping), messageBytes(heartbeat), rawMessage(102, data(4), 3)),
        "a packet, a heartbeat, and a message that says length 3",
      ),
      expectMessages([ping, heartbeat]),
      expectError(),
    ]),
  },
  {
    id: "lab-1.decode-dead-after-error",
    title: "After a framing error nothing more is delivered, for ever",
    rule: framing,
    hints: [
      "Look at receive() after an error.",
      "Once a length was wrong, nobody knows where the next message begins: everything read after it is a guess.",
      "Remember that framing is lost, and return [] from then on, also in the same call.",
    ],
    run: scenario(beginDecoding(), [
      receive(concat(rawMessage(102, new Uint8Array(), 4), messageBytes(heartbeat)), "a message that says length 4, and a heartbeat"),
      expectError(),
      expectNothing(),
      receive(messageBytes(heartbeat), "a heartbeat"),
      expectNothing(),
      receive(rawMessage(102, new Uint8Array(), 1), "another wrong length"),
      expectNothing(),
    ]),
  },
];
