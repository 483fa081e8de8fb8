import { clientChanges } from "./client/client-change.ts";
import { connectClient } from "./client/connect-client.ts";
import { recoverClients } from "./client/recover-client.ts";
import type { ClientCounters } from "./client/run-client.ts";
import { TunnelError } from "./client/tunnel-error.ts";
import { type ClientOptions, clientHelp, readClientOptions } from "./client-options.ts";
import { createJournal } from "./host/journal.ts";
import { createLog, type Log } from "./log.ts";
import { UsageError } from "./usage-error.ts";
import { exitCode, firstStopSignal, isExplained } from "./way-out.ts";

/** Runs the client until it is told to stop, or the tunnel ends. Resolves with the exit code. */
async function tunnel(options: ClientOptions): Promise<number> {
  const log = createLog(options.logLevel);
  const journal = options.link === "tun" ? createJournal(clientChanges) : undefined;
  const undoAll = (): void => {
    for (const problem of journal?.undoAll() ?? []) console.error(problem);
  };
  const signalled = firstStopSignal();
  let counters: ClientCounters | undefined;
  process.on("exit", undoAll);
  process.on("uncaughtException", (error) => {
    undoAll();
    process.exit(failed(error, log, counters));
  });
  try {
    if (journal !== undefined) for (const note of await recoverClients()) log.warn({ note }, "cleaned up");
    // A server that is not there may be waited for as long as --timeout says: a signal comes first.
    const client = await Promise.race([connectClient(options, journal, log), signalled.then(() => undefined)]);
    counters = client?.counters;
    const ended = client?.ended.then(() => undefined);
    const signal = await (ended === undefined ? signalled : Promise.race([signalled, ended]));
    if (signal !== undefined) {
      log.info({ reason: signal }, "stopping");
      client?.stop();
      await ended;
    }
    undoAll();
    log.info({ ...counters }, "stopped");
    await log.finish();
    return exitCode.stopped;
  } catch (error) {
    // First: whoever should read what is told may not read.
    undoAll();
    return failed(error, log, counters);
  }
}

/** Tells why there is no tunnel, or none any more. Returns the exit code. */
function failed(error: unknown, log: Log, counters: ClientCounters | undefined): number {
  if (error instanceof TunnelError || isExplained(error)) {
    log.info({ reason: error instanceof TunnelError ? error.reason : error.name, ...counters }, "ended");
    log.flushNow();
    console.error(error.message);
    return exitCode.couldNotRun;
  }
  log.fatal({ err: error, ...counters }, "crashed");
  log.flushNow();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(
    `The client crashed. This is a fault of its code.\n\n${stack}\n\nAt that time: ${JSON.stringify(counters ?? "not connected")}`,
  );
  return exitCode.crashed;
}

try {
  const options = readClientOptions(process.argv.slice(2));
  if (options === "help") console.log(clientHelp);
  else process.exit(await tunnel(options));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = exitCode.wrongUsage;
}
