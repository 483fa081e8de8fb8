/** How many of a peer's first bytes are kept to tell what it speaks. */
export const telltaleLength = 12;

/**
 * What a peer that was not understood seems to speak, judged by its first bytes; `undefined` when nothing is known that begins like this.
 * Most are students' programs with one of the classic mistakes. docs/protocol.md#dialects
 */
export function dialectOf(first: Uint8Array): string | undefined {
  const hex = Buffer.from(first).toString("hex");
  return dialects.find(({ begins }) => begins.test(hex))?.name;
}

const dialects: readonly { readonly begins: RegExp; readonly name: string }[] = [
  { begins: /^0000(?!0000)....6[4-8]/, name: "4over6 with a big-endian length; it has to be little-endian (05 00 00 00 64)" },
  {
    begins: /^(?:0{14}6[4-8]|0{8}6[4-8]0{6}(?!$))/,
    name: "4over6 with a header of 8 bytes that counts the data only; the header has 5 bytes, and the length counts them",
  },
  { begins: /^0{8}6[4-8]/, name: "4over6 whose length counts the data only; it counts its own five bytes of header too" },
  { begins: /^0810000064/, name: "4over6 whose length is always sizeof(struct), 4104; it has to be 5 + the data" },
  { begins: /^0500000064000000/, name: "4over6 in frames of 4104 bytes, sizeof(struct); only `length` bytes of a message are sent" },
  { begins: /^0800000064/, name: "4over6 whose length is three bytes too long, from a struct that was not packed" },
  { begins: /^160301|^160303/, name: "TLS; 4over6 is plain TCP" },
  { begins: /^(?:474554|504f5354|48454144|505249)/, name: "HTTP; this is no web server" },
  { begins: /^5353482d/, name: "SSH" },
];
