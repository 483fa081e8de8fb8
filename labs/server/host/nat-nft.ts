import type { NatRules } from "./nat-rules.ts";
import type { Outcome, RunProgram } from "./run-program.ts";

/** NAT by nft: a table of the server's own, added and deleted as a whole. */
export function nftRules(run: RunProgram, tun: string, pool: string): NatRules {
  const table = nftTable(tun);
  return {
    change: { kind: "nft-table", table },
    add: () => run("nft", ["-f", "-"], nftScript(table, tun, pool)),
  };
}

/** Names the table after the device: no two servers have the same. */
function nftTable(tun: string): string {
  return `lab-kit-${tun}`;
}

/**
 * A client's address is replaced by the host's when a packet leaves through any other device (RFC 3022). The first two lines make
 * it all one atomic exchange: a table that was left behind is not added to.
 */
export function nftScript(table: string, tun: string, pool: string): string {
  return `table ip ${table}
delete table ip ${table}
table ip ${table} {
  chain postrouting {
    type nat hook postrouting priority 100; policy accept;
    ip saddr ${pool} oifname != "${tun}" masquerade
  }
}
`;
}

/** Deletes the table; that there is none (any more) is no failure. */
export function removeNftTable(run: RunProgram, table: string): Outcome {
  return run("nft", ["-f", "-"], `table ip ${table}\ndelete table ip ${table}\n`);
}

/** Chains that drop what they forward unless a rule lets it pass, as `table chain`. An `accept` in another table does not help against them. */
export function chainsThatDrop(run: RunProgram): readonly string[] {
  const outcome = run("nft", ["-j", "list", "chains"]);
  if (outcome.kind !== "done") return [];
  const { nftables }: { nftables: readonly { chain?: NftChain }[] } = JSON.parse(outcome.output || '{"nftables":[]}');
  return nftables.flatMap(({ chain }) =>
    chain?.hook === "forward" && chain.policy === "drop" && ["ip", "inet"].includes(chain.family)
      ? [`${chain.family} ${chain.table} ${chain.name}`]
      : [],
  );
}

/** A chain as `nft -j` prints it. */
type NftChain = {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  readonly hook?: string;
  readonly policy?: string;
};
