import type { Check, Exam } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import { textLayout } from "#checks/harness/wire/layouts.ts";
import type { AddressGrant, Lab1 } from "#contract/lab-1-codec.ts";
import { addressGrants, tolerated, toleratedMeaning } from "#fixtures/vectors/address-grants.ts";
import { ipv4FromNumber } from "#kit/addresses.ts";
import { accepts, type CodecUnderCheck, neverThrows, refuses, roundTrips } from "./codec-laws.ts";

const rule = "docs/protocol.md#address-grant";

const ascii = (text: string) => new TextEncoder().encode(text);
const grant = ({ subject, story }: Exam<Lab1>): CodecUnderCheck<AddressGrant> => ({
  codec: subject.addressGrant,
  layout: textLayout,
  story,
});
const textOf = ({ address, route, dns }: AddressGrant) => `${address} ${route} ${dns[0]} ${dns[1]} ${dns[2]}`;

export const checks: readonly Check<Lab1>[] = [
  {
    id: "lab-1.grant-exact",
    title: "Five words with one space between are read, and written the same",
    rule,
    hints: [
      "Look at the text of message 101 in the handout: address, route, and three DNS servers.",
      "It is ASCII. Written, it is exactly five words and four spaces, nothing in front and nothing behind.",
      "serialize: new TextEncoder().encode([address, route, ...dns].join(' ')).",
    ],
    run: async (exam) => {
      for (const { text, value } of addressGrants) await roundTrips(grant(exam), value, ascii(text), `the grant of ${value.address}`);
    },
  },
  {
    id: "lab-1.grant-tolerant",
    title: "White space around the words, and a NUL behind them, are no fault",
    rule,
    hints: [
      "Look at what public servers send behind the fifth word: nothing, a space, a newline, a NUL.",
      "The C programs read with sscanf, which skips white space and stops at a NUL. You have to read what they read. (JavaScript's \\s and trim() know more kinds of white space than C does.)",
      "Cut the text at the first NUL, and take what stands between white space: text.match(/[^ \\t\\r\\n]+/g) ?? [].",
    ],
    run: async (exam) => {
      for (const { how, text } of tolerated) await accepts(grant(exam), ascii(text), toleratedMeaning, `a grant with ${how}`);
    },
  },
  {
    id: "lab-1.grant-too-few",
    title: "Fewer than five words are a truncated grant",
    rule,
    hints: [
      "Look at a grant with four words or less, and at one with none.",
      "Splitting an empty text at white space gives one empty word, not none.",
      "Refuse with reason truncated when there are fewer than five words. A NUL ends the text, also where it stands in front.",
    ],
    run: async (exam) => {
      const { codec, layout, story } = grant(exam);
      for (const [text, field] of [
        ["", "address"],
        ["   ", "address"],
        ["13.8.0.2", "route"],
        ["13.8.0.2 0.0.0.0", "dns"],
        ["13.8.0.2 0.0.0.0 8.8.8.8 8.8.4.4", "dns"],
        ["13.8.0.2 0.0.0.0 8.8.8.8 8.8.4.4\u0000 9.9.9.9", "dns"],
        ["\u000013.8.0.2 0.0.0.0 8.8.8.8 8.8.4.4 9.9.9.9", "address"],
      ] as const)
        await refuses({ codec, layout, story }, ascii(text), { reason: "truncated", field }, `the text ${JSON.stringify(text)}`);
    },
  },
  {
    id: "lab-1.grant-bad-address",
    title: "A word that is no IPv4 address is malformed, and its field is named",
    rule,
    hints: [
      "Look at words such as 256.1.1.1, 1.2.3 or 013.8.0.2.",
      "Number('') is 0 and parseInt('8x') is 8: both let rubbish through.",
      "The kit's isIpv4() says whether a word is an address; refuse with the field address, route or dns.",
    ],
    run: async (exam) => {
      const cases: readonly (readonly [word: string, index: number, field: string])[] = [
        ["256.8.0.2", 0, "address"],
        ["13.8.0", 0, "address"],
        ["13.8.0.2.1", 0, "address"],
        ["013.8.0.2", 0, "address"],
        ["0x0d.8.0.2", 0, "address"],
        ["-1.8.0.2", 0, "address"],
        ["x", 1, "route"],
        ["0.0.0.0/0", 1, "route"],
        ["8.8.8.", 2, "dns"],
        ["2001:db8::1", 3, "dns"],
        ["8.8.8.8\u00e9", 4, "dns"],
        // A space that does not break: JavaScript's \s takes it for white space, C does not.
        ["8.8.8.8\u00a0", 4, "dns"],
      ];
      for (const [word, index, field] of cases) {
        const words = ["13.8.0.2", "0.0.0.0", "8.8.8.8", "8.8.4.4", "9.9.9.9"].with(index, word);
        await refuses(
          grant(exam),
          ascii(words.join(" ")),
          { reason: "malformed", field },
          `a grant whose ${field} is ${JSON.stringify(word).replace("\u00a0", "\\u00a0")}`,
        );
      }
    },
  },
  {
    id: "lab-1.grant-too-many",
    title: "A sixth word makes it malformed",
    rule,
    hints: [
      "Look at a grant with six words.",
      "Two texts without a NUL between them look like this: what is meant cannot be known.",
      "Refuse more than five words as malformed, field dns; but look at the five words first, in the order of the handout's table.",
    ],
    run: async (exam) => {
      const six = "13.8.0.2 0.0.0.0 8.8.8.8 8.8.4.4 9.9.9.9 1.1.1.1";
      await refuses(grant(exam), ascii(six), { reason: "malformed", field: "dns" }, "a grant of six words");
      await refuses(
        grant(exam),
        ascii(six.replace("13.8.0.2", "x")),
        { reason: "malformed", field: "address" },
        'a grant of six words whose address is "x"',
      );
    },
  },
  {
    id: "lab-1.grant-generated",
    title: "Any grant is read as it was written",
    rule,
    hints: [
      "Look at the grant that the story shows.",
      "Are the three DNS servers in their order? Are all four numbers of an address kept?",
      "parse(serialize(grant)) gives the same grant: compare word by word.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => fc.array(fc.integer({ min: 0, max: 0xffff_ffff }).map(ipv4FromNumber), { minLength: 5, maxLength: 5 }),
        async ([address, route, first, second, third]) => {
          if (!address || !route || !first || !second || !third) throw new Error("five addresses are generated");
          const value: AddressGrant = { address, route, dns: [first, second, third] };
          await roundTrips(grant(exam), value, ascii(textOf(value)));
        },
        { cases: 60 },
      ),
  },
  {
    id: "lab-1.grant-noise",
    title: "Any bytes for a grant are answered, not thrown at",
    rule,
    hints: [
      "Look at the error that was thrown, and at the bytes in the story.",
      "A server may send bytes that are not ASCII at all. parse() refuses them with a reason.",
      "Decode without fatal errors (TextDecoder's default), and let isIpv4() judge each word.",
    ],
    run: (exam) =>
      forAll(
        exam,
        (fc) => fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ maxLength: 60 }).map(ascii)),
        async (bytes) => neverThrows(grant(exam), bytes),
        { cases: 60 },
      ),
  },
];
