/**
 * One large block of memory for what a connection sends during a batch. Blocks are lent to whoever has something to send and come back at
 * the end of the batch, so that an idle connection holds none, and a slow one holds one.
 */
const blockLength = 256 * 1024;

/** When this many connections have something to send, they send it at once: the bound on how much memory is lent. */
const mostBlocks = 64;

/** The part of a `net.Socket` that sending needs. */
export type ByteSink = {
  /** `onTaken` is called later, when the system has taken the bytes (or the socket is gone). */
  readonly write: (bytes: Uint8Array, onTaken: () => void) => boolean;
  /** How many bytes it holds that the system has not taken yet. */
  readonly writableLength: number;
};

/** What one connection sends. */
export type WriteBatch = {
  /**
   * Copies the bytes; they leave at the end of the batch, together with what else is added to it. While the sink has a backlog they stay, and
   * leave together when it has none any more.
   */
  readonly add: (bytes: Uint8Array) => void;
  /** Sends what there is, now, if the sink has no backlog. */
  readonly flush: () => void;
  /** Bytes that are added and not yet sent. */
  readonly length: () => number;
};

/**
 * Makes the write batches of one listener's connections. A batch ends with the callback that is running: the microtasks come right after
 * it, so nothing waits, and a hundred packets read from a TUN at once cost each client one system call instead of a hundred.
 */
export function createWriteBatches(): (sink: ByteSink) => WriteBatch {
  const spare: Buffer[] = [];
  let waiting: (() => void)[] = [];

  const flushAll = (): void => {
    const flushes = waiting;
    waiting = [];
    for (const flush of flushes) flush();
  };
  const flushAtEndOfBatch = (flush: () => void): void => {
    if (waiting.length >= mostBlocks) flushAll();
    if (waiting.push(flush) === 1) queueMicrotask(flushAll);
  };

  return (sink) => {
    let block: Buffer | undefined;
    let used = 0;

    const send = (): void => {
      if (block === undefined) return;
      const bytes = block.subarray(0, used);
      // A sink that cannot pass it on at once holds on to what it is given: when that is little, it gets a copy.
      const lend = used > blockLength / 4;
      sink.write(lend ? bytes : Buffer.from(bytes), flush);
      if (!lend || sink.writableLength === 0) spare.push(block);
      block = undefined;
      used = 0;
    };

    // A peer that reads nothing could make a sink hold ten thousand small writes, each of which takes far more memory than its bytes.
    const flush = (): void => {
      if (sink.writableLength === 0) send();
    };

    const add = (bytes: Uint8Array): void => {
      if (used + bytes.length > blockLength) send();
      if (bytes.length > blockLength) {
        sink.write(Buffer.from(bytes), flush);
        return;
      }
      if (block === undefined) {
        flushAtEndOfBatch(flush);
        block = spare.pop() ?? Buffer.allocUnsafeSlow(blockLength);
      }
      block.set(bytes, used);
      used += bytes.length;
    };

    return { add, flush, length: () => used };
  };
}
