import { toHex } from "#kit/bytes.ts";
import type { FramingFault } from "./wire.ts";

/** What a server seems to speak whose bytes are no message of ours; `undefined` when nothing known looks like this. docs/protocol.md#dialects */
export function dialectOfServer({ bytes, before }: FramingFault): string | undefined {
  const hex = toHex(bytes);
  return dialects.find(({ first, begins }) => first === (before === 0) && begins.test(hex))?.name;
}

/** `first`: in the server's first message; else behind one that could be read. */
const dialects: readonly { readonly first: boolean; readonly begins: RegExp; readonly name: string }[] = [
  { first: true, begins: /^0000(?!0000)....6[4-8]/, name: "the length is big-endian; it has to be little-endian" },
  {
    first: true,
    begins: /^(?:0000....0000006[4-8]|0000006[4-8]0000)/,
    name: "a header of 8 bytes in network byte order; ours has 5 bytes, and its length counts them",
  },
  { first: false, begins: /^0{20}/, name: "every message fills 4104 bytes, sizeof(struct); only `length` bytes of it are to be sent" },
  {
    first: false,
    begins: /^(?:2e|20|3[0-9]|00){3}/,
    name: "the length counts the data only, or what stands behind the text is not counted",
  },
];
