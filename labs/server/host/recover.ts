import { openTun } from "#devices/linux-tun.ts";
import { openAliasedTap } from "./aliased-tap.ts";
import type { HostChange } from "./host-change.ts";
import { hostChangeRules } from "./host-change-rules.ts";
import { changeDevice } from "./set-up-device.ts";
import { restoreTap } from "./set-up-tap.ts";
import { readStateFiles, removeIfEmpty, removeStateFile, stateFolder } from "./state-file.ts";

/**
 * Undoes what killed servers have left behind. Call it before anything is changed.
 *
 * @returns one sentence for each server
 */
export async function recoverHost(folder = stateFolder()): Promise<readonly string[]> {
  if (folder === undefined) return [];
  const { running, killed } = readStateFiles<HostChange>(folder, hostChangeRules.program);
  const byOthers = running.flatMap(({ state }) => state.changes);
  const sentences: string[] = [];
  for (const { path, state } of killed) {
    const problems: string[] = [];
    for (const change of state.changes.toReversed()) {
      try {
        if (!hostChangeRules.isNeeded(change, byOthers)) await undo(change);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    if (problems.length === 0) removeStateFile(path);
    const what = state.changes.map(({ kind }) => kind).join(", ");
    sentences.push(`undid what process ${state.process} had left when it was killed: ${[what, ...problems].join("; but ")}`);
  }
  removeIfEmpty(folder);
  return sentences;
}

async function undo(change: HostChange): Promise<void> {
  if (change.kind === "device") {
    const { name, mtu, ipv4, isUp } = change;
    const device = await openTun({ name });
    changeDevice(device, { mtu, ipv4: ipv4 ?? undefined, isUp });
    await device.close();
  } else if (change.kind === "tap") {
    const tap = await openAliasedTap(change.name);
    restoreTap(tap, change);
    await tap.device.close();
  } else hostChangeRules.undo(change);
}
