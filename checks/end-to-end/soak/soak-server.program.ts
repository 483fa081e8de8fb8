import { readdirSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ipv4 } from "#kit/addresses.ts";
import { composeServer } from "#server/compose-server.ts";
import { poolNetwork } from "#server/option-values.ts";
import type { ServerFigures, SoakNews } from "./figures.ts";

// The kit's own server, with an internet in memory, in a process that can say what it holds. It ends with the process that started it.

const dns = [ipv4("8.8.8.8"), ipv4("8.8.4.4"), ipv4("1.1.1.1")] as const;
const server = await composeServer(
  { listen: "[::1]:0", pool: poolNetwork("13.8.0.0/24", "pool"), link: "memory", tunName: "none", mtu: 1500, dns, maxClients: 1024 },
  { onEvent: () => {} },
);

/** What is over at the end of a turn of the event loop, and no handle. */
const passing = new Set(["Immediate", "CloseReq", "TickObject"]);

function tell(news: SoakNews): void {
  process.send?.(news);
}

/** Twice, with a turn of the event loop between: what a finalizer gives up is collected the second time. */
async function collectGarbage(): Promise<void> {
  const { gc } = globalThis as { readonly gc?: () => void };
  if (gc === undefined) throw new Error("Start this program with --expose-gc.");
  for (let count = 0; count < 3; count++) {
    gc();
    await nextTurn();
  }
}

async function measure(): Promise<ServerFigures> {
  await collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { connections, fromClients, toClients } = server.counters();
  return {
    memory: heapUsed + external,
    resident: rss,
    descriptors: countDescriptors(),
    handles: process.getActiveResourcesInfo().filter((name) => !passing.has(name)).length,
    users: server.users().length,
    connections,
    packets: fromClients.packets + toClients.packets,
  };
}

function countDescriptors(): number | undefined {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return undefined;
  }
}

process.on("disconnect", () => process.exit());
process.on("message", () => void measure().then((figures) => tell({ kind: "figures", figures })));
tell({ kind: "listening", address: server.address });
