import { createConnection } from "node:net";
import { concat } from "#kit/bytes.ts";
import { createBell } from "./bell.ts";

/** A client of the tunnel as plain as can be: a socket, and the messages that have come out of it. */
export type LoopbackClient = {
  readonly write: (bytes: Uint8Array) => void;
  /** Waits for the next message, with its header. `undefined` when none comes. */
  readonly next: () => Promise<Uint8Array | undefined>;
  /** What has come and nobody has asked for. */
  readonly waiting: () => readonly Uint8Array[];
  readonly isClosed: () => boolean;
  /** Waits for the connection to be closed, by whomever: `false` when it is not. */
  readonly closes: () => Promise<boolean>;
  /** A FIN. */
  readonly finish: () => void;
  /** A RST. */
  readonly reset: () => void;
  /** Reads nothing, until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
};

/** @returns the client, once the connection is made; `undefined` when it is refused */
export async function connectLoopback(host: string, port: number): Promise<LoopbackClient | undefined> {
  const socket = createConnection({ host, port, noDelay: true });
  const bell = createBell();
  const messages: Uint8Array[] = [];
  let rest: Uint8Array = new Uint8Array();
  let closed = false;

  socket.on("data", (chunk: Uint8Array) => {
    rest = concat(rest, chunk);
    for (let length = lengthOf(rest); length !== undefined && length <= rest.length; length = lengthOf(rest)) {
      messages.push(rest.slice(0, length));
      rest = rest.subarray(length);
    }
    bell.ring();
  });
  // What went wrong is seen by what comes of it: the connection is closed.
  socket.on("error", () => {});
  socket.on("close", () => {
    closed = true;
    bell.ring();
  });
  socket.on("connect", bell.ring);

  await bell.until(() => closed || socket.readyState === "open");
  if (closed) return undefined;
  return {
    write: (bytes) => void socket.write(bytes),
    next: async () => {
      await bell.until(() => messages.length > 0 || closed);
      return messages.shift();
    },
    waiting: () => messages,
    isClosed: () => closed,
    closes: () => bell.until(() => closed),
    finish: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
  };
}

/** The length that a message claims, or `undefined` while its header is not whole. A length that cannot be shows as a message of that header. */
function lengthOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < 5) return undefined;
  return Math.max(5, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true));
}
