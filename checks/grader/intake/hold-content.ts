import { bounds } from "./bounds.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/** Keeps count of what is held in memory of one submission. */
export type Holder = {
  /** Reads a stream to its end. Throws an `UnreadableSubmission` when it is longer than it was said to be, or all is more than is held. */
  readonly read: (stream: AsyncIterable<unknown>, size: number) => Promise<Uint8Array>;
};

export function createHolder(): Holder {
  let held = 0;
  return {
    async read(stream, size) {
      held += size;
      if (size > bounds.file || held > bounds.held) throw new UnreadableSubmission("has more than 32 MiB in folders named as the labs'");
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        length += chunk.length;
        if (length > size) throw new UnreadableSubmission("holds a file that is longer than it says");
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    },
  };
}
