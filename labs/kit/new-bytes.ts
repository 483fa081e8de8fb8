/** Where small arrays are cut from. Larger ones get memory of their own. */
const blockLength = 64 * 1024;
const longestCut = blockLength / 8;

let block = new ArrayBuffer(0);
let used = 0;

/**
 * A new array of zeros, as `new Uint8Array(length)` is, for what lives briefly and is made for every packet: asking the system for memory
 * would be most of the work. Small arrays are neighbours in one block, which stays in memory as long as any of them does. Nobody else has
 * your bytes; but mind that `bytes.buffer` is the whole block, and `bytes.byteOffset` where they begin.
 */
export function newBytes(length: number): Uint8Array {
  if (length > longestCut) return new Uint8Array(length);
  if (used + length > block.byteLength) {
    block = new ArrayBuffer(blockLength);
    used = 0;
  }
  const bytes = new Uint8Array(block, used, length);
  used += bytes.length;
  return bytes;
}
