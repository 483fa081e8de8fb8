import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A server that does `act` with each connection, once the client has asked for an address. Returns its port. */
export async function serverThat(act: (socket: Socket, first: Buffer) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (first) => act(socket, first));
    onTestFinished(() => void socket.destroy());
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "::1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
