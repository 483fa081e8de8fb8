import { connect } from "node:net";
import type { PacketSummary } from "../packet-summary.ts";
import { playActor, tellAudience } from "./actor.ts";
import { addresses } from "./addresses.ts";
import { type LoggedProgram, startLogged } from "./logged-program.ts";
import { pingThroughKernel } from "./ping-socket.ts";
import { runTool } from "./run-tool.ts";
import { pingPatience, stepPatience } from "./story.ts";
import { download } from "./web-page.ts";

/** The client's computer: it has IPv6 only, until the client brings IPv4. */

export type VisitorRequest =
  | { readonly do: "set-up"; readonly device: string }
  /** Replies with the error that a connection to the web server meets. */
  | { readonly do: "try-without" }
  | { readonly do: "connect"; readonly command: readonly string[] }
  /** Replies with the milliseconds that it took. */
  | { readonly do: "ping"; readonly sequence: number }
  | { readonly do: "download" }
  | { readonly do: "disconnect" };

let client: LoggedProgram | undefined;

playActor(async (asked) => {
  const request = asked as VisitorRequest;
  switch (request.do) {
    case "set-up":
      await runTool("ip link set lo up");
      await runTool(`ip address add ${addresses.client}/64 dev ${request.device} nodad`);
      return runTool(`ip link set ${request.device} up`);
    case "try-without":
      return errorOfConnecting();
    case "connect":
      client = startLogged("client", request.command);
      client.onLine(tellOfClient);
      return client.reaches("ready", stepPatience);
    case "ping":
      return pingThroughKernel(addresses.web, request.sequence, pingPatience);
    case "download": {
      const startedAt = performance.now();
      const page = await download(addresses.web, stepPatience);
      return tellAudience({ kind: "downloaded", ...page, milliseconds: performance.now() - startedAt });
    }
    case "disconnect":
      return client?.stop();
    default:
      return request satisfies never;
  }
});

type ClientLine = Readonly<Record<string, unknown>>;

/** What the client's log tells, for the audience. */
function tellOfClient(line: ClientLine): void {
  const { msg, time } = line;
  if (msg === "address granted") {
    const { address, route, dns } = line as { address: string; route: string; dns: readonly string[] };
    tellAudience({ kind: "granted", address, route, dns });
  }
  if (msg === "sent" || msg === "received") {
    const { type, packet } = line as { type: number; packet?: PacketSummary };
    tellAudience({ kind: "message", direction: msg, type, at: Date.parse(String(time)), packet });
  }
}

function errorOfConnecting(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: addresses.web, port: 80, timeout: 1000 });
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on("timeout", () => socket.destroy(Object.assign(new Error("no answer"), { code: "no answer" })));
    socket.on("connect", () => {
      socket.destroy();
      reject(new Error("The client reached the web server without the tunnel, so the demo would prove nothing."));
    });
  });
}
