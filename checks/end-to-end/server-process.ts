import { type Ending, type KitProcess, type KitProcessOptions, startKitProgram } from "./kit-process.ts";

/** Starts `npm run server`. It does not outlive the test. */
export function startServer(args: readonly string[], options?: KitProcessOptions): KitProcess {
  return startKitProgram("server", args, options);
}

/** Runs the server to its end: for command lines with which it does not serve. */
export function serverEnding(args: readonly string[], options?: KitProcessOptions): Promise<Ending> {
  return startServer(args, options).ended;
}

/** Waits until the server listens. Returns the port. */
export async function portOf(server: KitProcess): Promise<number> {
  const { address } = await server.next("listening");
  return Number(/:(\d+)$/.exec(String(address))?.[1]);
}
