import { equalBytes } from "#kit/bytes.ts";
import { CaptureError } from "./capture-error.ts";
import type { TcpSegment } from "./tcp-segment.ts";

/** What one side of a TCP connection sent. */
export type TcpStream = {
  /** All of it, in order, each byte once. */
  readonly bytes: Uint8Array;
  /**
   * The same bytes in the pieces in which the receiver's TCP could hand them on, and when: a segment each, as a rule. What came early waits
   * for what it follows; what came twice is left out the second time.
   */
  readonly segments: readonly { readonly atMicroseconds: number; readonly bytes: Uint8Array }[];
};

export type TimedSegment = { readonly atMicroseconds: number; readonly segment: TcpSegment };

/**
 * Puts one direction of a connection together (RFC 9293 section 3.4), whatever was sent twice, out of order or overlapping.
 *
 * `acknowledgements` are what the other side acknowledged; they show when bytes were sent that the capture does not hold.
 * Throws a `CaptureError` for a gap, for a repetition that says something else, and for bytes behind the end. `name` is what it calls the direction.
 */
export function reassemble(sent: readonly TimedSegment[], acknowledgements: readonly number[], name: string): TcpStream {
  const syn = sent.find(({ segment }) => segment.syn)?.segment;
  const stream = new Uint8Array(sent.reduce((length, { segment }) => length + segment.payload.length, 0));
  if (syn === undefined) {
    if (stream.length > 0) throw new CaptureError(`${name}: there is data but no SYN; start recording before the connection is made.`);
    return { bytes: stream, segments: [] };
  }
  const segments: { atMicroseconds: number; bytes: Uint8Array }[] = [];
  const early: { readonly offset: number; readonly bytes: Uint8Array }[] = [];
  let length = 0;
  let end: number | undefined;

  /** Where in the stream a sequence number stands. The SYN has one of its own; at 2^32 they start again. */
  const offsetOf = (sequenceNumber: number): number => length + ((sequenceNumber - (syn.sequenceNumber + 1 + length)) | 0);

  for (const { atMicroseconds, segment } of sent) {
    const offset = offsetOf(segment.sequenceNumber + (segment.syn ? 1 : 0));
    if (segment.payload.length > 0) early.push({ offset, bytes: segment.payload });
    if (segment.fin) end = offset + segment.payload.length;
    for (let next = take(early, length); next !== undefined; next = take(early, length)) {
      const known = Math.max(next.offset, 0);
      const fresh = next.bytes.subarray(length - next.offset);
      const repeated = next.bytes.subarray(known - next.offset, length - next.offset);
      if (!equalBytes(repeated, stream.subarray(known, known + repeated.length)))
        throw new CaptureError(
          `${name}: bytes from ${known} on were sent twice and differ; the capture cannot be trusted, record it again.`,
        );
      stream.set(fresh, length);
      length += fresh.length;
      if (fresh.length > 0) segments.push({ atMicroseconds, bytes: fresh.slice() });
    }
  }

  // A FIN is acknowledged like a byte.
  const acknowledged = acknowledgements.map((number) => offsetOf(number) - (end === undefined ? 0 : 1));
  const needed = [end ?? 0, ...acknowledged, ...early.map(({ offset }) => offset)].reduce((a, b) => Math.max(a, b));
  if (needed > length)
    throw new CaptureError(`${name}: bytes are missing from ${length} on (at least ${needed} were sent); record it again.`);
  if (end !== undefined && length > end) throw new CaptureError(`${name}: there is data behind its FIN at ${end}; record it again.`);
  return { bytes: stream.slice(0, length), segments };
}

/** Takes out a piece that begins at `offset` or before it. */
function take<Piece extends { readonly offset: number }>(pieces: Piece[], offset: number): Piece | undefined {
  const index = pieces.findIndex((piece) => piece.offset <= offset);
  return index < 0 ? undefined : pieces.splice(index, 1)[0];
}
