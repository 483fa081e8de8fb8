import { restoreForwarding } from "./forwarding.ts";
import type { HostChange } from "./host-change.ts";
import { HostError } from "./host-error.ts";
import type { JournalRules } from "./journal.ts";
import { removeIptablesChain } from "./nat-iptables.ts";
import { removeNftTable } from "./nat-nft.ts";
import { type Outcome, runProgram } from "./run-program.ts";

/** How the server undoes what it has changed, and what it leaves to another server. */
export const hostChangeRules: JournalRules<HostChange> = {
  program: "server",
  // The kernel forwards for all servers together: the last of them switches it off.
  isNeeded: (change, byOthers) => change.kind === "forwarding" && byOthers.some(({ kind }) => kind === "forwarding"),
  undo: (change) => {
    switch (change.kind) {
      case "forwarding":
        return restoreForwarding(change.file, change.before);
      case "nft-table":
        return expectUndone(removeNftTable(runProgram, change.table), `the nft table ip ${change.table} is still there`);
      case "iptables-chain":
        return expectUndone(removeIptablesChain(runProgram, change.chain), `the iptables chain ${change.chain} is still there`);
      case "device":
      case "tap":
        // Only who holds the device can change it back: see recover.ts.
        return;
      default:
        change satisfies never;
    }
  },
};

/** A program that is not installed has changed nothing. */
function expectUndone(outcome: Outcome, left: string): void {
  if (outcome.kind === "failed") throw new HostError(`${left}: ${outcome.reason}.`);
}
