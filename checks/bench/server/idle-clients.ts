import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { residentBytes } from "./processes.ts";
import type { Tunnel } from "./tunnels.ts";

/** Message 100: lend me an address. */
const ipRequest = Uint8Array.of(5, 0, 0, 0, 100);

/** Connections made at a time. */
const atOnce = 100;

export type Memory = {
  /** In RAM before the clients came, in bytes, and with all of them. */
  readonly before: number;
  readonly after: number;
};

/** Memory of the server with clients that have an address and send nothing. */
export async function measureMemory(tunnel: Tunnel, clients: number): Promise<Memory> {
  const before = residentBytes(tunnel.pid);
  const sockets: Socket[] = [];
  while (sockets.length < clients)
    sockets.push(
      ...(await Promise.all(Array.from({ length: Math.min(atOnce, clients - sockets.length) }, () => connectClient(tunnel.port)))),
    );
  const after = residentBytes(tunnel.pid);
  await Promise.all(
    sockets.map((socket) => {
      socket.resume().end();
      return once(socket, "close");
    }),
  );
  return { before, after };
}

/** Resolves when the client has got an answer. */
async function connectClient(port: number): Promise<Socket> {
  const socket = connect(port, "::1");
  socket.write(ipRequest);
  await once(socket, "data");
  socket.pause();
  return socket;
}
