import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { connectLoopback } from "./loopback-client.ts";

/** A client could not connect: by the fault of the lab, or of a computer on which nobody can. */
export async function noConnection(name: string, host: string): Promise<CheckFailure> {
  return (await hasLoopback(host)) ? new CheckFailure(`${name} could not connect to the server`) : noLoopback([]);
}

/** The shell cannot be tried here. @param why what the system said */
export function noLoopback(why: readonly string[]): CheckFailure {
  return new CheckFailure("this computer has no loopback for TCP, so the shell could not be tried; that is no fault of your code", [
    ...why.map((text) => ({ kind: "note", text }) as const),
    { kind: "note", text: "Switch the loopback interface on (ip link set lo up), and IPv6 on it, and check again." },
  ]);
}

/** Whether anybody can connect to anybody at this address. */
async function hasLoopback(host: string): Promise<boolean> {
  const server = createServer((socket) => socket.on("error", () => {}));
  try {
    server.listen(0, host);
    await once(server, "listening");
    const client = await connectLoopback(host, (server.address() as AddressInfo).port);
    client?.reset();
    return client !== undefined;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
