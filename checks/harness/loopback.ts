import { once } from "node:events";
import { type AddressInfo, createConnection, createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

/** A connection to a server of the lab's, as plain as can be. */
export type LoopbackConnection = {
  readonly write: (bytes: Uint8Array) => void;
  /** A FIN. */
  readonly finish: () => void;
  /** A RST. */
  readonly reset: () => void;
  /** Reads nothing, until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
};

export type LoopbackEvents = {
  readonly onOpen: () => void;
  readonly onData: (chunk: Uint8Array) => void;
  /** For whatever reason: refused, finished, reset. */
  readonly onClose: () => void;
};

/** The loopback interface on which the lab's servers listen: that of this process, or that of a sandbox. */
export type Loopback = {
  readonly connect: (host: string, port: number, events: LoopbackEvents) => LoopbackConnection;
  /** Waits until so many milliseconds have passed for everybody who has a part in a connection: one that did not run was not late. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** Whether anybody can connect to anybody at this address. */
  readonly works: (host: string) => Promise<boolean>;
};

export const ownLoopback: Loopback = {
  connect: (host, port, { onOpen, onData, onClose }) => {
    const socket = createConnection({ host, port, noDelay: true });
    socket.on("connect", onOpen).on("data", onData).on("close", onClose);
    // What went wrong is seen by what comes of it: the connection is closed.
    socket.on("error", () => {});
    return {
      write: (bytes) => void socket.write(bytes),
      finish: () => void socket.end(),
      reset: () => void socket.resetAndDestroy(),
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
    };
  },

  pass: (milliseconds) => setTimeout(milliseconds),

  works: async (host) => {
    const server = createServer((socket) => socket.on("error", () => {}));
    try {
      server.listen(0, host);
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      return await new Promise<boolean>((resolve) => {
        const connection = ownLoopback.connect(host, port, {
          onOpen: () => {
            connection.reset();
            resolve(true);
          },
          onData: () => {},
          onClose: () => resolve(false),
        });
      });
    } catch {
      return false;
    } finally {
      server.close();
    }
  },
};
