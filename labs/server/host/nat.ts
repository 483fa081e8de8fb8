import type { HostChange } from "./host-change.ts";
import { HostError } from "./host-error.ts";
import type { Journal } from "./journal.ts";
import { iptablesRules } from "./nat-iptables.ts";
import { chainsThatDrop, nftRules } from "./nat-nft.ts";
import { type RunProgram, runProgram } from "./run-program.ts";

export type NatOptions = {
  readonly nat: "auto" | "nft" | "iptables" | "none";
  readonly tunName: string;
  /** The pool's network: `13.8.0.0/24`. */
  readonly pool: string;
};

export type NatSetUp = {
  readonly by: "nft" | "iptables" | "none";
  /** What was done, in words. */
  readonly note: string;
  /** What may keep packets from passing all the same. */
  readonly warning: string | undefined;
};

/**
 * Makes the host replace the clients' addresses by its own, so that the internet can answer (docs/protocol.md#forwarding). `auto` takes what
 * is installed and works, and goes without when nothing does. Throws a `HostError` when what was asked for by name cannot be had.
 */
export function setUpNat({ nat, tunName, pool }: NatOptions, journal: Journal<HostChange>, run: RunProgram = runProgram): NatSetUp {
  if (nat === "none") return { by: "none", note: routedNote(pool), warning: undefined };
  const dropping = chainsThatDrop(run);
  const warning = droppingWarning(dropping, tunName);
  // Only iptables can let packets pass in a chain that iptables has made.
  const inOrder = dropping.includes("ip filter FORWARD") ? (["iptables", "nft"] as const) : (["nft", "iptables"] as const);
  const reasons: string[] = [];
  for (const by of nat === "auto" ? inOrder : ([nat] as const)) {
    const { change, add } = (by === "nft" ? nftRules : iptablesRules)(run, tunName, pool);
    journal.begin(change);
    const outcome = add();
    if (outcome.kind === "done")
      return { by, note: `packets of ${pool} leave with an address of this host`, warning: by === "nft" ? warning : undefined };
    journal.forgetLast();
    reasons.push(outcome.kind === "missing" ? `${by} is not installed` : `${by} refused (${outcome.reason})`);
  }
  if (nat !== "auto") throw new HostError(`--nat ${nat}: ${reasons[0]}; install it, run as root, or choose --nat auto or --nat none.`);
  return {
    by: "none",
    note: routedNote(pool),
    warning: `${reasons.join(", ")}; install nftables and run as root for NAT, or tell the routers outside a route to ${pool} by way of this host`,
  };
}

function routedNote(pool: string): string {
  return `packets are routed without NAT: answers come back only if the routers outside have a route to ${pool}`;
}

function droppingWarning(chains: readonly string[], tun: string): string | undefined {
  if (chains.length === 0) return undefined;
  return `the firewall drops forwarded packets by default (${chains.join(", ")}); add a rule there that lets those from and to ${tun} pass`;
}
