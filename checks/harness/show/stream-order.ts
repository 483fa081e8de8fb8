import type { TcpSegment } from "../capture/tcp-segment.ts";

/** Puts the segments of one direction in order, as far as they are there. A recording may begin in the middle of a connection, and have holes. */
export type StreamOrder = {
  /** The bytes that follow on those that have come before, now that this segment is there. */
  readonly add: (segment: TcpSegment) => readonly Uint8Array[];
};

/** What came early waits for what is missing; more pieces than this do not. */
const mostEarly = 256;

export function createStreamOrder(): StreamOrder {
  const early: { readonly sequenceNumber: number; readonly bytes: Uint8Array }[] = [];
  let next: number | undefined;

  return {
    add: ({ syn, sequenceNumber, payload }) => {
      const first = sequenceNumber + (syn ? 1 : 0);
      let wanted = syn ? first : (next ?? first);
      const isNext = ahead(first, wanted) <= 0;
      if (payload.length > 0 && (isNext || early.length < mostEarly)) early.push({ sequenceNumber: first, bytes: payload });
      const ready: Uint8Array[] = [];
      for (;;) {
        const index = early.findIndex((piece) => ahead(piece.sequenceNumber, wanted) <= 0);
        const [piece] = index < 0 ? [] : early.splice(index, 1);
        if (piece === undefined) break;
        const fresh = piece.bytes.subarray(-ahead(piece.sequenceNumber, wanted));
        if (fresh.length > 0) ready.push(fresh);
        wanted += fresh.length;
      }
      next = wanted;
      return ready;
    },
  };
}

/** How far a piece lies ahead of what is wanted next. Sequence numbers begin again at 2^32. */
function ahead(sequenceNumber: number, wanted: number): number {
  return (sequenceNumber - wanted) | 0;
}
