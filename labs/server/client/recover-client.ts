import { rmSync } from "node:fs";
import { loadLibc } from "#devices/linux-libc.ts";
import { interfaceRoutes } from "#devices/linux-route.ts";
import { openTun } from "#devices/linux-tun.ts";
import { ipv4 } from "#kit/addresses.ts";
import { readStateFiles, stateFolder } from "../host/state-file.ts";
import { type ClientChange, clientChanges } from "./client-change.ts";
import { restoreDevice } from "./set-up-host.ts";

/** Undoes what clients have left behind that were killed. Returns one sentence for each. */
export async function recoverClients(folder = stateFolder()): Promise<readonly string[]> {
  if (folder === undefined) return [];
  const told: string[] = [];
  for (const { path, state } of readStateFiles<ClientChange>(folder, clientChanges.program).killed) {
    const problems: string[] = [];
    for (const change of state.changes.toReversed())
      await undo(change).catch((error: unknown) => problems.push(error instanceof Error ? error.message : String(error)));
    if (problems.length === 0) rmSync(path, { force: true });
    const what = state.changes.map(({ kind }) => kind).join(", ");
    told.push(`undid what process ${state.process} had left when it was killed: ${[what, ...problems].join("; but ")}`);
  }
  return told;
}

async function undo(change: ClientChange): Promise<void> {
  switch (change.kind) {
    case "resolver-file":
    case "resolved-link":
      return clientChanges.undo(change);
    case "server-route": {
      const { device, to, via } = change;
      interfaceRoutes(await loadLibc(), device).removeRoute(via === null ? { to } : { to, via: ipv4(via) });
      return;
    }
    case "device": {
      const tun = await openTun({ name: change.name });
      restoreDevice(tun, { ...change, ipv4: change.ipv4 ?? undefined });
      return tun.close();
    }
    default:
      return change satisfies never;
  }
}
