import { addressGrant } from "#lab-1/address-grant.ts";

/** How another protocol, or another way to write this one, would put the text of a 101 into its first bytes. */
type Dialect = { readonly name: string; readonly textIn: (bytes: Uint8Array, view: DataView) => Uint8Array | undefined };

const grantType = 101;
const fixedLength = 4104;

/** The ways that public programs have, told apart by where each puts the text. docs/protocol.md#dialects */
const dialects: readonly Dialect[] = [
  {
    name: "messages of 4104 bytes, whatever their length field says",
    textIn: (bytes) => {
      const end = bytes.indexOf(0, 5);
      const padding = bytes.subarray(end, fixedLength);
      const isPadded = end > 0 && padding.length > 3 && padding.every((byte) => byte === 0);
      return bytes[4] === grantType && isPadded ? bytes.subarray(5, end) : undefined;
    },
  },
  {
    name: "a length in network byte order (big-endian)",
    textIn: (bytes, view) => (bytes[4] === grantType ? part(bytes, 5, view.getUint32(0)) : undefined),
  },
  {
    name: "a length that counts the data only, without the five bytes before it",
    textIn: (bytes, view) => (bytes[4] === grantType ? part(bytes, 5, 5 + view.getUint32(0, true)) : undefined),
  },
  {
    name: "a length of data + 8, with three bytes of junk behind the data",
    textIn: (bytes, view) => (bytes[4] === grantType ? part(bytes, 5, view.getUint32(0, true) - 3) : undefined),
  },
  {
    name: "an 8-byte header in network byte order that counts the data only",
    textIn: (bytes, view) => {
      const [first, second] = bytes.length < 8 ? [0, 0] : [view.getUint32(0), view.getUint32(4)];
      if (second === grantType) return part(bytes, 8, 8 + first);
      return first === grantType ? part(bytes, 8, 8 + second) : undefined;
    },
  },
];

/** The name of the dialect that makes sense of what a server sent first, when ours does not. */
export function dialectOf(firstBytes: Uint8Array): string | undefined {
  if (firstBytes.length < 5) return undefined;
  const view = new DataView(firstBytes.buffer, firstBytes.byteOffset, firstBytes.length);
  return dialects.find(({ textIn }) => {
    const text = textIn(firstBytes, view);
    return text !== undefined && addressGrant.parse(text).ok;
  })?.name;
}

/** The bytes from `start` to `end`, if all of them are there. */
function part(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  return end > start && end <= bytes.length ? bytes.subarray(start, end) : undefined;
}
