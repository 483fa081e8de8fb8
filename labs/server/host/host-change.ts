import type { Ipv4Address } from "#contract/vocabulary.ts";
import { restoreForwarding } from "./forwarding.ts";
import { HostError } from "./host-error.ts";
import type { JournalRules } from "./journal.ts";
import { removeIptablesChain } from "./nat-iptables.ts";
import { removeNftTable } from "./nat-nft.ts";
import { type Outcome, runProgram } from "./run-program.ts";

/** What the server has changed on the host and has to undo: plain data, so that it can be written down before it is done. */
export type HostChange =
  | { readonly kind: "forwarding"; readonly file: string; readonly before: string }
  | { readonly kind: "nft-table"; readonly table: string }
  | { readonly kind: "iptables-chain"; readonly chain: string }
  /** A device that was there before the server, with its settings at that time. */
  | ({ readonly kind: "device" } & DeviceBefore)
  /** The same for a TAP, with its second address, and the route that is taken away again. */
  | ({
      readonly kind: "tap";
      readonly alias: string | null;
      readonly route: { readonly to: string; readonly via: Ipv4Address } | null;
    } & DeviceBefore);

type DeviceBefore = { readonly name: string; readonly mtu: number; readonly ipv4: string | null; readonly isUp: boolean };

export const hostChanges: JournalRules<HostChange> = {
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
