import type { ComposedServer } from "../compose-server.ts";
import { stateFolder } from "../host/state-file.ts";
import type { Log } from "../log.ts";
import type { ServerOptions } from "../server-options.ts";
import { removeDeadSockets } from "./ask-servers.ts";
import { reportOf } from "./status-report.ts";
import { openStatusSocket } from "./status-socket.ts";

/** From now on, until the process ends, `--status` finds this server. One that cannot be asked serves all the same. */
export async function tellStatus(server: ComposedServer, options: ServerOptions, log: Log): Promise<void> {
  // There are no such sockets; the log and --metrics tell as much.
  if (process.platform === "win32") return;
  try {
    const folder = stateFolder();
    if (folder === undefined) throw new Error("there is no folder that only this user can write to");
    await removeDeadSockets(folder);
    const socket = await openStatusSocket(folder, () => reportOf(server, options));
    process.on("exit", socket.close);
  } catch (error) {
    log.warn({ note: `--status will not find this server: ${error instanceof Error ? error.message : String(error)}` }, "status");
  }
}
