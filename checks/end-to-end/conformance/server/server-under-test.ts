import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { createEventWait } from "../client/event-wait.ts";
import { EndlessMessages } from "../client/peer-failures.ts";
import { type Command, type ServerProcess, startServerProcess } from "./server-process.ts";

/** The server never accepted a connection: there is nothing to test. */
export class ServerNotUp extends CheckFailure {}

/** The server that the cases of a lane share. It is started anew when a case has broken it. */
export type ServerUnderTest = {
  /** Where clients connect. */
  readonly address: Endpoint;
  /** Starts it, if it does not run. */
  readonly launch: () => void;
  /** The process that was started last. */
  readonly process: () => ServerProcess;
  /** Tries to connect until the server that was just started accepts. Throws a `ServerNotUp` when it ends before, or takes too long. */
  readonly whenUp: <Connected>(connect: () => Promise<Connected>) => Promise<Connected>;
  /** Whether the server prints, or has printed since then, something that fits. */
  readonly printed: (fits: (text: string) => boolean, since: number, within: Millis) => Promise<boolean>;
  readonly kill: () => Promise<void>;
};

export type ServerUnderTestOptions = {
  readonly command: Command;
  readonly address: Endpoint;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
};

/** How long a server may take from its start to its first connection, and how soon it is tried again when it prints nothing meanwhile. */
const startPatience: Millis = 20_000;
const tryAgainAfter: Millis = 50;

export function createServerUnderTest({ command, address, cwd, env }: ServerUnderTestOptions): ServerUnderTest {
  let running: ServerProcess | undefined;

  function launch(): ServerProcess {
    if (running === undefined || running.ending() !== undefined) running = startServerProcess(command, { cwd, env });
    return running;
  }

  return {
    address,
    launch,
    process: () => running ?? launch(),
    whenUp: async (connect) => {
      const server = launch();
      const printed = createEventWait();
      server.onOutput(printed.wake);
      const until = performance.now() + startPatience;
      for (;;) {
        try {
          return await connect();
        } catch (error) {
          // It is up, and will do the same the next time.
          if (error instanceof EndlessMessages) throw error;
          const ending = server.ending();
          if (ending !== undefined) throw new ServerNotUp(`the server ended before it accepted a connection: ${ending}`);
          if (performance.now() > until || !(error instanceof CheckFailure))
            throw new ServerNotUp(
              `the server accepts no connection at [${address.host}]:${address.port}: ${error instanceof Error ? error.message : String(error)}`,
            );
        }
        const written = server.written();
        await printed.until(() => (server.written() > written || server.ending() !== undefined ? true : undefined), tryAgainAfter);
      }
    },
    printed: async (fits, since, within) => {
      const server = running ?? launch();
      const printed = createEventWait();
      server.onOutput(printed.wake);
      return (await printed.until(() => (fits(server.outputSince(since)) ? true : undefined), within)) === true;
    },
    kill: async () => {
      await running?.kill();
      running = undefined;
    },
  };
}
