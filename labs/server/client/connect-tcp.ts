import { connect } from "node:net";
import type { Connection } from "#contract/lab-4-tun-server.ts";
import type { Millis, SessionId } from "#contract/vocabulary.ts";
import { parseEndpoint } from "#devices/endpoint.ts";
import { createTcpConnection } from "#devices/tcp-connection.ts";
import { createWriteBatches } from "#devices/write-batch.ts";
import { TunnelError } from "./tunnel-error.ts";

/** Bytes that may wait for a slow server. */
const maxQueuedBytes = 1024 * 1024;

/**
 * Connects to a server, without Nagle's algorithm. Rejects with a `TunnelError` whose sentence says what to look at.
 *
 * @param address `[::1]:5678`
 */
export function connectTcp(address: string, within: Millis): Promise<Connection> {
  const { host, port } = parseEndpoint(address);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const tooLong = setTimeout(() => socket.destroy(Object.assign(new Error("too long"), { code: "ETIMEDOUT" })), within);
    socket.once("error", (cause: NodeJS.ErrnoException) => {
      clearTimeout(tooLong);
      reject(new TunnelError("not-connected", whyNotConnected(cause, address, within), { cause }));
    });
    socket.once("connect", () => {
      clearTimeout(tooLong);
      socket.removeAllListeners("error");
      resolve(createTcpConnection(socket, 1 as SessionId, { batch: createWriteBatches()(socket), maxQueuedBytes }));
    });
  });
}

function whyNotConnected(cause: NodeJS.ErrnoException, address: string, within: Millis): string {
  switch (cause.code ?? "") {
    case "ECONNREFUSED":
      return `Nobody listens at ${address}; start the server there, or check the port.`;
    case "ETIMEDOUT":
      return `${address} did not answer within ${within / 1000} s; check the address, and whether a firewall is in between.`;
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "EADDRNOTAVAIL":
      return `There is no way from here to ${address} (${cause.code}); check the address, and whether this host has IPv6.`;
    case "EAFNOSUPPORT":
      return `This host has no IPv6, and the tunnel runs over it; switch it on.`;
    default:
      return `The connection to ${address} failed: ${cause.message}.`;
  }
}
