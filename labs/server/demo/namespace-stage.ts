import { readFileSync } from "node:fs";
import { openTun } from "#devices/linux-tun.ts";
import { tryLab5 } from "../try-lab-5.ts";
import { type Actor, startActor } from "./actor.ts";
import { addresses } from "./addresses.ts";
import type { InternetRequest } from "./internet.ts";
import { StoryError } from "./lab-at-fault.ts";
import { type LoggedProgram, startLogged } from "./logged-program.ts";
import { prepareNamespace, privateFolder } from "./prepare-namespace.ts";
import { readRecording } from "./read-recording.ts";
import { runTool } from "./run-tool.ts";
import { play, StageUnavailable, tell } from "./stage.ts";
import { pingCount, pingInterval, stepPatience } from "./story.ts";
import { tryAllLabs } from "./try-all-labs.ts";
import type { VisitorRequest } from "./visitor.ts";

/*
 * The demo in namespaces. This process and the 4over6 server are in the middle one of three networks; the client's computer and the internet
 * have one each, joined to it by virtual cables (veth). All of it goes when this process goes.
 */

const [visitorFile = "", internetFile = "", serverFile = "", clientFile = "", link = "tun"] = process.argv.slice(2);
const node = (file: string, ...args: readonly string[]) => [process.execPath, "--enable-source-maps", file, ...args];

let server: LoggedProgram | undefined;

/** Makes networks and cables. Whatever is refused here is a matter of the machine. */
async function setUp(): Promise<{ readonly visitor: Actor; readonly internet: Actor }> {
  try {
    await prepareNamespace();
    await (await openTun()).close();
    const [visitor, internet] = await Promise.all([startActor(node(visitorFile), tell), startActor(node(internetFile), tell)]);
    await runTool("ip link set lo up");
    await runTool(`ip link add to-client type veth peer name to-server netns ${visitor.process}`);
    await runTool(`ip link add to-internet type veth peer name to-server netns ${internet.process}`);
    await runTool(`ip address add ${addresses.server}/64 dev to-client nodad`);
    await runTool(`ip address add ${addresses.router}/24 dev to-internet`);
    await runTool("ip link set to-client up");
    await runTool("ip link set to-internet up");
    await visitor.ask({ do: "set-up", device: "to-server" } satisfies VisitorRequest);
    await internet.ask({ do: "serve", device: "to-server" } satisfies InternetRequest);
    return { visitor, internet };
  } catch (error) {
    throw new StageUnavailable(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function startServer(internet: Actor): Promise<LoggedProgram> {
  const { serverPort, pool, dns, linkNetwork } = addresses;
  const listen = `[${addresses.server}]:${serverPort}`;
  const linkFlags = ["--link", link, "--link-network", linkNetwork, "--pcap", `${privateFolder}/server.pcap`];
  const started = startLogged("server", node(serverFile, "--listen", listen, "--pool", pool, "--dns", dns.join(","), ...linkFlags));
  server = started;
  let nat: "nft" | "iptables" | "none" = "none";
  started.onLine((line) => {
    if (line["msg"] === "nat" && (line["by"] === "nft" || line["by"] === "iptables")) nat = line["by"];
  });
  await started.reaches("listening", stepPatience);
  if (readFileSync("/proc/sys/net/ipv4/ip_forward", "utf8").trim() === "0")
    throw new StageUnavailable("the kernel's forwarding cannot be switched on in a namespace here");
  if (nat === "none") await internet.ask({ do: "route-back" } satisfies InternetRequest);
  tell({ kind: "network", client: addresses.client, server: addresses.server, router: addresses.router, web: addresses.web });
  tell({ kind: "listening", address: listen, nat });
  return started;
}

async function story(): Promise<void> {
  const { visitor, internet } = await setUp();
  tryAllLabs();
  if (link === "tap") tryLab5();
  const ask = <Reply>(request: VisitorRequest): Promise<Reply> =>
    Promise.race([visitor.ask<Reply>(request), ...(server ? [server.crashed] : [])]);
  const running = await startServer(internet);
  try {
    await visit(ask);
  } catch (error) {
    // Where lab 5 asked, and whom, is the reason more often than not.
    if (link === "tap" && error instanceof StoryError) tellServersLink();
    throw error;
  }
  await running.stop();
  tell({ kind: "recorded", end: "client", linkType: "raw-ip", packets: readRecording(`${privateFolder}/client.pcap`) });
  tellServersLink();
}

/** All that the visitor does, until it has left. */
async function visit(ask: <Reply>(request: VisitorRequest) => Promise<Reply>): Promise<void> {
  tell({ kind: "chapter", chapter: "no-way" });
  tell({ kind: "no-way", error: await ask<string>({ do: "try-without" }) });

  tell({ kind: "chapter", chapter: "connect" });
  const at = `[${addresses.server}]:${addresses.serverPort}`;
  const clientFlags = ["--server", at, "--dns", "show", "--log-level", "trace", "--pcap", `${privateFolder}/client.pcap`];
  await ask({ do: "connect", command: node(clientFile, ...clientFlags) });

  tell({ kind: "chapter", chapter: "ping" });
  for (let sequence = 1; sequence <= pingCount; sequence++) {
    tell({ kind: "pong", sequence, milliseconds: await ask<number>({ do: "ping", sequence }) });
    await new Promise((resolve) => setTimeout(resolve, pingInterval));
  }

  tell({ kind: "chapter", chapter: "page" });
  await ask({ do: "download" });

  tell({ kind: "chapter", chapter: "end" });
  // Nothing overtakes it: when the answer is here, everything before it has passed both ends.
  await ask({ do: "ping", sequence: pingCount + 1 });
  await ask({ do: "disconnect" });
}

/** What passed the server's device. */
function tellServersLink(): void {
  if (link === "tap") tell({ kind: "chapter", chapter: "ethernet" });
  const linkType = link === "tap" ? "ethernet" : "raw-ip";
  tell({ kind: "recorded", end: "server", linkType, packets: readRecording(`${privateFolder}/server.pcap`) });
}

await play(story, () => server?.notes() ?? []);
