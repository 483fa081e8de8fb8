import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import type { Connection, Listener } from "#contract/lab-4-tun-server.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import { descriptorShortage, isShortage } from "./descriptor-shortage.ts";
import { DeviceError } from "./device-error.ts";
import { formatEndpoint, parseEndpoint } from "./endpoint.ts";
import { listenError } from "./listen-error.ts";
import { createSignal } from "./signal.ts";
import { createTcpConnection } from "./tcp-connection.ts";
import { createWriteBatches } from "./write-batch.ts";

export type TcpListenerOptions = {
  /** Connections at the same time; one more is closed at once and reported. 1024 if left out. */
  readonly maxConnections?: number;
  /** Bytes that may wait for one slow client. 1 MiB if left out. */
  readonly maxQueuedBytes?: number;
};

/**
 * Listens for TCP connections over IPv6, without Nagle's algorithm. The address can be used again at once after a restart: Node sets
 * SO_REUSEADDR. Closing the listener closes its connections too.
 *
 * `onError` hears of connections that cannot be accepted: of each one over the limit, of a lack of file descriptors once until some are free
 * again. The listener goes on.
 *
 * @param address `[::]:5678`; with port 0 the system chooses one, and the listener's own `address` says which
 * @returns a promise that is rejected with a `DeviceError` when it cannot listen there
 */
export async function listenTcp(
  address: string,
  { maxConnections = 1024, maxQueuedBytes = 1024 * 1024 }: TcpListenerOptions = {},
): Promise<Listener> {
  const endpoint = parseEndpoint(address);
  const server = createServer({ noDelay: true });
  server.maxConnections = maxConnections;
  await startListening(server, endpoint, address);

  const connected = createSignal<Connection>();
  const failed = createSignal<Error>();
  const open = new Set<Connection>();
  const early: Connection[] = [];
  const batchFor = createWriteBatches();
  let lastId = 0;
  let hadShortage = false;
  let closing: Promise<void> | undefined;

  const reportShortage = (cause: NodeJS.ErrnoException | undefined): void => {
    if (cause !== undefined && !hadShortage) failed.emit(tooManyFiles(cause));
    hadShortage = cause !== undefined;
  };

  server.on("connection", (socket) => {
    const connection = createTcpConnection(socket, ++lastId as SessionId, { batch: batchFor(socket), maxQueuedBytes });
    open.add(connection);
    connection.onClose(() => open.delete(connection));
    if (connected.hasListener()) connected.emit(connection);
    else early.push(connection);
    reportShortage(descriptorShortage());
  });
  server.on("drop", (peer) => failed.emit(tooManyConnections(maxConnections, peer)));
  server.on("error", (error: NodeJS.ErrnoException) => (isShortage(error) ? reportShortage(error) : failed.emit(acceptFailed(error))));

  return {
    address: formatEndpoint({ host: endpoint.host, port: (server.address() as AddressInfo).port }),
    onError: failed.on,
    onConnection: (listener) => {
      connected.on(listener);
      for (const connection of early.splice(0)) listener(connection);
    },
    close: () => {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of open) connection.close();
      });
      return closing;
    },
  };
}

async function startListening(server: Server, endpoint: { host: string; port: number }, address: string): Promise<void> {
  server.listen({ ...endpoint, backlog: 511 });
  try {
    await once(server, "listening");
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, address, endpoint.port);
  }
}

function tooManyConnections(limit: number, peer: { remoteAddress?: string; remotePort?: number } | undefined): DeviceError {
  const from = formatEndpoint({ host: peer?.remoteAddress ?? "", port: peer?.remotePort ?? 0 });
  return new DeviceError(
    "too-many-connections",
    `A connection from ${from} was closed at once: ${limit} are open, which is the limit; raise it if the host can serve more.`,
  );
}

function tooManyFiles(cause: NodeJS.ErrnoException): DeviceError {
  return new DeviceError(
    "too-many-files",
    `No file descriptor is left (${cause.code}), so new connections are closed at once; raise the limit (ulimit -n), or allow fewer connections.`,
    { cause },
  );
}

function acceptFailed(cause: NodeJS.ErrnoException): DeviceError {
  return new DeviceError("accept-failed", `A connection could not be accepted: ${cause.message}; the server goes on.`, { cause });
}
