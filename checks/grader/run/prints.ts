import { counted } from "#kit/counted.ts";
/** What a program prints: its beginning and its end, and how much it was in all. */
export type Prints = {
  readonly add: (chunk: Uint8Array) => void;
  /** Bytes since the last `take`. */
  readonly size: () => number;
  /** The text since the last `take`, with a note where something was left out. Empty when nothing was printed. */
  readonly take: () => string;
};

/** @param longest bytes that are kept of the beginning, and as many of the end */
export function createPrints(longest: number): Prints {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let size = 0;
  return {
    add: (chunk) => {
      size += chunk.length;
      const free = longest - head.length;
      if (free > 0) head = Buffer.concat([head, chunk.subarray(0, free)]);
      if (chunk.length > free)
        tail = Buffer.concat([tail, chunk.subarray(Math.max(0, free))].map((part) => part.subarray(-longest))).subarray(-longest);
    },
    size: () => size,
    take: () => {
      const left = size - head.length - tail.length;
      const text = `${head.toString("utf8")}${left > 0 ? `\n… ${counted(left, "byte")} left out …\n` : ""}${tail.toString("utf8")}`;
      head = Buffer.alloc(0);
      tail = Buffer.alloc(0);
      size = 0;
      return text;
    },
  };
}
