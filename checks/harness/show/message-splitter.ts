import { concat } from "#kit/bytes.ts";

/** What came out of a 4over6 stream. */
export type StreamEvent =
  | { readonly kind: "message"; readonly type: number; readonly data: Uint8Array }
  /** A length that cannot be: what follows is not read. */
  | { readonly kind: "error"; readonly type: number; readonly length: number };

export type MessageSplitter = {
  /** The next bytes of the stream. */
  readonly add: (bytes: Uint8Array) => readonly StreamEvent[];
  /** How many bytes of an unfinished message have come. */
  readonly waiting: () => number;
  readonly isLost: () => boolean;
};

const headerLength = 5;
/** What a classic peer can take: 5 + 4096. */
const longestMessage = 4101;

/** Whether a message may begin with this header. A 100 or 104 may say 0 to 4 (docs/protocol.md#tolerances). */
export function isPossibleHeader(length: number, type: number): boolean {
  return length >= headerLength ? length <= longestMessage : type === 100 || type === 104;
}

/** Splits one direction of a connection into messages, whatever stands in it. */
export function createMessageSplitter(): MessageSplitter {
  let rest: Uint8Array = new Uint8Array();
  let lost = false;

  function* take(): Generator<StreamEvent> {
    while (rest.length >= headerLength) {
      const length = new DataView(rest.buffer, rest.byteOffset).getUint32(0, true);
      const type = rest[4] ?? 0;
      if (!isPossibleHeader(length, type)) {
        lost = true;
        rest = new Uint8Array();
        yield { kind: "error", type, length };
        return;
      }
      const end = Math.max(headerLength, length);
      if (rest.length < end) return;
      yield { kind: "message", type, data: rest.subarray(headerLength, end) };
      rest = rest.subarray(end);
    }
  }

  return {
    add: (bytes) => {
      if (lost) return [];
      rest = concat(rest, bytes);
      return [...take()];
    },
    waiting: () => rest.length,
    isLost: () => lost,
  };
}
