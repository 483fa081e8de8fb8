const bytesPerLine = 16;

/**
 * Bytes as people read them: offset, sixteen bytes in hexadecimal, the same in ASCII. 74 columns wide.
 *
 *     0000  20 00 00 00 66 45 00 00  1b 00 01 40 00 40 11 8e   ...fE.....@.@..
 *
 * @param from the first byte shown, rounded down to a line
 * @param to one past the last byte shown
 */
export function hexdump(bytes: Uint8Array, from = 0, to = bytes.length): string[] {
  const lines: string[] = [];
  for (let start = from - (from % bytesPerLine); start < Math.min(to, bytes.length); start += bytesPerLine) {
    const line = Array.from(bytes.subarray(start, start + bytesPerLine));
    const hex = line.map((byte) => byte.toString(16).padStart(2, "0"));
    const halves = `${hex.slice(0, 8).join(" ").padEnd(23)}  ${hex.slice(8).join(" ").padEnd(23)}`;
    const text = line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${start.toString(16).padStart(4, "0")}  ${halves}   ${text}`);
  }
  return lines;
}
