import { createFinalSignal } from "#devices/signal.ts";
import { type ComposedServer, composeServer } from "./compose-server.ts";
import { reserveDescriptors } from "./host/descriptor-reserve.ts";
import { findDnsServers } from "./host/dns.ts";
import { hostChangeRules } from "./host/host-change-rules.ts";
import { createJournal } from "./host/journal.ts";
import { recoverHost } from "./host/recover.ts";
import { setUpHost } from "./host/set-up-host.ts";
import { createLog, type Log } from "./log.ts";
import { logEvents } from "./log-events.ts";
import { giveMetrics } from "./metrics/give-metrics.ts";
import { readServerOptions, type ServerOptions, serverHelp } from "./server-options.ts";
import { showStatus } from "./status/show-status.ts";
import { tellStatus } from "./status/tell-status.ts";
import { tryLab5 } from "./try-lab-5.ts";
import { tryLabs } from "./try-labs.ts";
import { UsageError } from "./usage-error.ts";
import { exitCode, firstCrash, firstStopSignal, isDoneWithin, isExplained } from "./way-out.ts";

/** How long connections and devices may take to close, in milliseconds. The labs' code has a part in it. */
const longestStop = 5000;

/** Runs the server until it is told to stop. Resolves with the exit code. */
async function serve(options: ServerOptions): Promise<number> {
  const log = createLog(options.logLevel);
  // The host is touched for a real device only.
  const journal = options.link === "memory" ? undefined : createJournal(hostChangeRules);
  const releaseDescriptors = journal === undefined ? undefined : reserveDescriptors();
  const undoAll = (): void => {
    releaseDescriptors?.();
    for (const problem of journal?.undoAll() ?? []) console.error(problem);
  };
  process.on("exit", undoAll);
  const signalled = firstStopSignal();
  const crashed = firstCrash();
  const lost = createFinalSignal<"device-lost">();
  let server: ComposedServer | undefined;
  try {
    tryLabs();
    if (options.link === "tap") tryLab5();
    if (journal !== undefined) for (const note of await recoverHost()) log.warn({ note }, "cleaned up");
    const dns = options.dns === "auto" ? findDnsServers() : { servers: options.dns, note: "as configured" };
    log.info(dns, "dns");
    if (options.metrics !== undefined) await giveMetrics(options.metrics, () => server, log);
    const write = logEvents(log);
    server = await composeServer(
      { ...options, dns: dns.servers },
      {
        onEvent: (event) => {
          write(event);
          if (event.kind === "device-lost") lost.emit("device-lost");
        },
        prepareHost: (link) => {
          if (link.kind !== "memory" && journal !== undefined) setUpHost(link, options, journal, log);
        },
      },
    );
    const { pool, link, maxClients } = options;
    await tellStatus(server, options, log);
    log.info({ address: server.address, pool: pool.cidr, link, maxClients, note: "Ctrl+C stops it" }, "listening");

    const reason = await Promise.race([signalled, crashed, new Promise<"device-lost">(lost.on)]);
    log.info({ reason }, "stopping");
    if (!(await Promise.race([isDoneWithin(longestStop, server.stop()), crashed])))
      log.warn({ note: "connections or devices do not close; ending without them" }, "stopping");
    undoAll();
    log.info("stopped");
    await log.finish();
    return reason === "device-lost" ? exitCode.couldNotRun : exitCode.stopped;
  } catch (error) {
    // First: whoever should read what is told may not read.
    undoAll();
    return failed(error, log, server);
  }
}

/** Tells why the server cannot run, or go on. Resolves with the exit code. */
async function failed(error: unknown, log: Log, server: ComposedServer | undefined): Promise<number> {
  if (isExplained(error)) {
    await log.finish();
    console.error(error.message);
    return exitCode.couldNotRun;
  }
  const state = { counters: server?.counters(), users: server?.users() };
  log.fatal({ err: error, ...state }, "crashed");
  await log.finish();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`The server crashed. This is a fault of its code.\n\n${stack}\n\nAt that time: ${JSON.stringify(state, null, 2)}`);
  return exitCode.crashed;
}

try {
  const options = readServerOptions(process.argv.slice(2));
  if (options === "help") console.log(serverHelp);
  else process.exit("statusOf" in options ? await showStatus(options.statusOf) : await serve(options));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = exitCode.wrongUsage;
}
