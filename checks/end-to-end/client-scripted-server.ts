import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
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

/**
 * A port where a connection is neither made nor refused, as behind a firewall that drops. Its listener is stopped (SIGSTOP) and its queue
 * full: the system then drops what comes (listen(2)).
 */
export async function portThatIsSilent(): Promise<number> {
  const listen = `const s = require("node:net").createServer(); s.listen({ port: 0, host: "::1", backlog: 1 }, () => console.log(s.address().port))`;
  const listener = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void listener.kill("SIGKILL"));
  const [line] = (await once(listener.stdout, "data")) as [Buffer];
  const port = Number(line);
  listener.kill("SIGSTOP");
  // A queue of 1 holds one more than that.
  for (let place = 0; place < 2; place++) {
    const socket = connect(port, "::1");
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
  }
  return port;
}
