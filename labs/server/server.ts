import { ipv4 } from "#kit/addresses.ts";
import { composeServer } from "./compose-server.ts";
import { createLog } from "./log.ts";
import { logEvents } from "./log-events.ts";
import { readServerOptions, serverHelp } from "./server-options.ts";

const options = readServerOptions(process.argv.slice(2));
if (options === "help") console.log(serverHelp);
else {
  const log = createLog(options.logLevel);
  const server = await composeServer({ ...options, dns: [ipv4("8.8.8.8"), ipv4("1.1.1.1"), ipv4("9.9.9.9")] }, { onEvent: logEvents(log) });
  log.info({ address: server.address, note: "Ctrl+C stops it" }, "listening");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, async () => {
      await server.stop();
      log.info("stopped");
      log.flushNow();
      process.exit();
    });
}
