import type { ComposedServer } from "../compose-server.ts";
import { stateFolder } from "../host/state-file.ts";
import type { Log } from "../log.ts";
import type { ServerOptions } from "../server-options.ts";
import { removeDeadSockets } from "./ask-servers.ts";
import { reportOf } from "./status-report.ts";
import { openStatusSocket, type StatusSocket } from "./status-socket.ts";

/** From now on, until the process ends, `--status` finds this server. One that cannot be asked serves all the same. */
export async function tellStatus(server: ComposedServer, options: ServerOptions, log: Log): Promise<void> {
  // There are no such sockets; the log and --metrics tell as much.
  if (process.platform === "win32") return;
  const open = (): Promise<StatusSocket> => openStatusSocket(neededFolder(), () => reportOf(server, options));
  try {
    // Another server that ends may take the empty folder away in between; then it is made once more.
    const socket = await open().catch(open);
    process.on("exit", socket.close);
    await removeDeadSockets(neededFolder());
  } catch (error) {
    log.warn({ note: `--status will not find this server: ${error instanceof Error ? error.message : String(error)}` }, "status");
  }
}

function neededFolder(): string {
  const folder = stateFolder();
  if (folder === undefined) throw new Error("there is no folder that only this user can write to");
  return folder;
}
