/** Cuts a stream of bytes into lines. */
export type LineReader = {
  /** The lines that this chunk completes, without their ends. `undefined` when a line is longer than it may be: nothing after it can be read. */
  readonly push: (chunk: Uint8Array) => readonly string[] | undefined;
};

const lineFeed = 0x0a;

/** @param longest bytes of a line; no more is ever kept */
export function createLineReader(longest: number): LineReader {
  let parts: Uint8Array[] = [];
  let kept = 0;
  return {
    push: (chunk) => {
      const lines: string[] = [];
      let from = 0;
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
        if (kept + end - from > longest) return undefined;
        lines.push(Buffer.concat([...parts, chunk.subarray(from, end)]).toString("utf8"));
        parts = [];
        kept = 0;
        from = end + 1;
      }
      if (from < chunk.length) {
        // A copy: what is left of a large chunk must not keep all of it.
        parts.push(Uint8Array.from(chunk.subarray(from)));
        kept += chunk.length - from;
      }
      return kept > longest ? undefined : lines;
    },
  };
}
