import type { Loopback, LoopbackConnection } from "#checks/harness/loopback.ts";
import { concat } from "#kit/bytes.ts";
import { createBell } from "./bell.ts";

/** A client of the tunnel as plain as can be: a connection, and the messages that have come out of it. */
export type LoopbackClient = LoopbackConnection & {
  /** Waits for the next message, with its header. `undefined` when none comes. */
  readonly next: () => Promise<Uint8Array | undefined>;
  /** What has come and nobody has asked for. */
  readonly waiting: () => readonly Uint8Array[];
  /** Waits until so many bytes have come since the connection was made: `false` when they do not. */
  readonly receives: (bytes: number) => Promise<boolean>;
  readonly isClosed: () => boolean;
  /** Waits for the connection to be closed, by whomever: `false` when it is not. */
  readonly closes: () => Promise<boolean>;
};

/** Bytes that may wait to be asked for, each message with what it costs to keep it. A server that sends more without being asked is left. */
const mostWaiting = 64 * 1024 * 1024;
const costOfKeeping = 200;

/** No IPv4 packet is longer than 65 535 bytes. */
const longestMessage = 5 + 65_535;

/** @returns the client, once the connection is made, even if it was closed at once; `undefined` when it is refused */
export async function connectLoopback(loopback: Loopback, host: string, port: number): Promise<LoopbackClient | undefined> {
  const bell = createBell(loopback.pass);
  const messages: Uint8Array[] = [];
  let rest: Uint8Array = new Uint8Array();
  let waiting = 0;
  let received = 0;
  let open = false;
  let closed = false;

  await loopback.pass(0);
  const connection = loopback.connect(host, port, {
    onOpen: () => {
      open = true;
      bell.ring();
    },
    onData: (chunk) => {
      received += chunk.length;
      rest = concat(rest, chunk);
      for (let length = lengthOf(rest); length !== undefined && length <= rest.length; length = lengthOf(rest)) {
        messages.push(rest.slice(0, length));
        waiting += length + costOfKeeping;
        rest = rest.subarray(length);
      }
      if (waiting + rest.length > mostWaiting) connection.reset();
      bell.ring();
    },
    onClose: () => {
      closed = true;
      bell.ring();
    },
  });

  await bell.until(() => closed || open);
  if (closed && !open) return undefined;
  return {
    ...connection,
    next: async () => {
      await bell.until(() => messages.length > 0 || closed);
      const next = messages.shift();
      if (next !== undefined) waiting -= next.length + costOfKeeping;
      return next;
    },
    waiting: () => messages,
    receives: async (bytes) => {
      await bell.until(() => received >= bytes || closed);
      return received >= bytes;
    },
    isClosed: () => closed,
    closes: () => bell.until(() => closed),
  };
}

/** The length that a message claims, or `undefined` while its header is not whole. A length that cannot be shows as a message of that header. */
function lengthOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < 5) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return length < 5 || length > longestMessage ? 5 : length;
}
