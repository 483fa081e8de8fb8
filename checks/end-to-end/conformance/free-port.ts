import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below the ports that systems give to connections and to whoever wants any port: from 32 768 on Linux, from 49 152 elsewhere (RFC 6335
 * section 6). Nobody takes one of these by chance between the moment when it is found free and the start of the server that is to have it.
 */
const lowest = 10_000;
const count = 22_000;
const mostTries = 200;

/** Programs that run side by side begin at different places. */
let next = process.pid * 61;

/** A port of `::1` on which nobody listens. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < mostTries; tried++) {
    const port = lowest + (next++ % count);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port of ::1 is free: the ${mostTries} ports up to ${lowest + ((next - 1) % count)} are in use.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "::1");
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
    throw error;
  }
  server.close();
  await once(server, "close");
  return true;
}
