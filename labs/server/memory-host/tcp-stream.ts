import { Duplex } from "node:stream";
import type { TcpSegment } from "./tcp-segment.ts";

export type TcpStreamOptions = {
  readonly localPort: number;
  readonly remotePort: number;
  /** Our first sequence number. */
  readonly initialSequenceNumber: number;
  /** The most payload of one segment, in bytes. */
  readonly maxSegmentSize: number;
  readonly send: (segment: TcpSegment) => void;
  /** There is nothing more to send or to receive. */
  readonly onEnd: () => void;
};

/** One end of a TCP connection between hosts in memory. */
export type TcpStream = {
  /** What a program reads and writes. */
  readonly stream: Duplex;
  /** Asks the other side for a connection. (Who is asked does nothing: the first segment comes to `receive`.) */
  readonly open: () => void;
  readonly receive: (segment: TcpSegment) => void;
};

/** Segments that are under way at most. */
const segmentsInFlight = 16;

/**
 * The part of TCP (RFC 9293) that a link without loss needs: handshake, sequence numbers, acknowledgements, segments of a fitting size, both
 * ways of closing. Nothing is sent twice. Whatever the link loses stays lost, and the stream stops there; whoever waits for it has to notice.
 */
export function createTcpStream(options: TcpStreamOptions): TcpStream {
  const { localPort, remotePort, initialSequenceNumber, maxSegmentSize, send, onEnd } = options;
  let sendNext = initialSequenceNumber;
  let acknowledged = initialSequenceNumber;
  let receiveNext: number | undefined;
  let established = false;
  let waiting = Buffer.alloc(0);
  let written: (() => void) | undefined;
  let finish: (() => void) | undefined;
  let finSent = false;
  let finReceived = false;
  let unacknowledgedSegments = 0;

  const transmit = (part: Partial<TcpSegment>): void => {
    unacknowledgedSegments = 0;
    const { payload = new Uint8Array(), syn = false, fin = false, rst = false } = part;
    const ack = receiveNext !== undefined;
    const acknowledgementNumber = receiveNext ?? 0;
    send({
      sourcePort: localPort,
      destinationPort: remotePort,
      sequenceNumber: sendNext,
      acknowledgementNumber,
      syn,
      ack,
      fin,
      rst,
      payload,
    });
    sendNext = (sendNext + payload.length + Number(syn) + Number(fin)) >>> 0;
  };

  const sendWaiting = (): void => {
    if (!established) return;
    while (waiting.length > 0 && distance(acknowledged, sendNext) < segmentsInFlight * maxSegmentSize) {
      const payload = waiting.subarray(0, maxSegmentSize);
      waiting = waiting.subarray(payload.length);
      transmit({ payload });
    }
    if (waiting.length > 0) return;
    const done = written;
    written = undefined;
    done?.();
    if (finish !== undefined && !finSent) {
      finSent = true;
      transmit({ fin: true });
      finish();
      endIfOver();
    }
  };

  const endIfOver = (): void => {
    if (finSent && finReceived && acknowledged === sendNext) onEnd();
  };

  const stream = new Duplex({
    allowHalfOpen: true,
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => {
      waiting = Buffer.concat([waiting, chunk]);
      written = done;
      sendWaiting();
    },
    final: (done) => {
      finish = done;
      sendWaiting();
    },
    destroy: (error, done) => {
      if (!finSent && receiveNext !== undefined) transmit({ rst: true });
      onEnd();
      done(error);
    },
  });

  /** One acknowledgement for two segments, as RFC 9293 section 3.8.6.3 has it, or for what is there at the end of the turn. */
  const acknowledgeSoon = (): void => {
    unacknowledgedSegments += 1;
    if (unacknowledgedSegments >= 2) transmit({});
    else setImmediate(() => unacknowledgedSegments > 0 && transmit({}));
  };

  const receive = (segment: TcpSegment): void => {
    if (segment.rst) {
      stream.destroy(Object.assign(new Error("The other side reset the connection."), { code: "ECONNRESET" }));
      return;
    }
    if (segment.syn && receiveNext === undefined) {
      receiveNext = (segment.sequenceNumber + 1) >>> 0;
      if (segment.ack) transmitAcknowledgement(segment);
      else transmit({ syn: true });
      return;
    }
    if (segment.ack && distance(acknowledged, segment.acknowledgementNumber) > 0) acknowledged = segment.acknowledgementNumber;
    if (!established && acknowledged === sendNext) established = true;
    takeData(segment);
    sendWaiting();
    endIfOver();
  };

  /** The answer to our SYN has come: the handshake's third segment. */
  const transmitAcknowledgement = (segment: TcpSegment): void => {
    acknowledged = segment.acknowledgementNumber;
    established = true;
    transmit({});
    stream.emit("connect");
    sendWaiting();
  };

  const takeData = ({ sequenceNumber, payload, fin }: TcpSegment): void => {
    if (payload.length === 0 && !fin) return;
    const isNext = sequenceNumber === receiveNext && !finReceived;
    if (isNext) receiveNext = (sequenceNumber + payload.length + Number(fin)) >>> 0;
    // Nothing comes behind a FIN that could be acknowledged together with it.
    if (fin) transmit({});
    else acknowledgeSoon();
    if (!isNext) return;
    if (payload.length > 0) stream.push(Buffer.from(payload));
    if (fin) {
      finReceived = true;
      stream.push(null);
    }
  };

  return { stream, open: () => transmit({ syn: true }), receive };
}

/** How far `b` is ahead of `a`; sequence numbers start again at 2^32. */
function distance(a: number, b: number): number {
  return (b - a) | 0;
}
