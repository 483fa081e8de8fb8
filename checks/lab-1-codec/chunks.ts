/** The bytes in two chunks. */
export function cutAt(bytes: Uint8Array, offset: number): readonly Uint8Array[] {
  return [bytes.slice(0, offset), bytes.slice(offset)];
}

/** The bytes in chunks of `size`, the last one perhaps shorter. */
export function cutEvery(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.slice(index * size, (index + 1) * size));
}

/** The bytes cut at these offsets, in any order; an offset twice, or behind the end, makes an empty chunk. */
export function chunksOf(bytes: Uint8Array, offsets: readonly number[]): readonly Uint8Array[] {
  const cuts = [0, ...offsets.map((offset) => Math.min(offset, bytes.length)).toSorted((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, index) => bytes.slice(cuts[index], end));
}
