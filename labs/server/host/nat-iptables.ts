import type { NatRules } from "./nat-rules.ts";
import type { Outcome, RunProgram } from "./run-program.ts";

/** NAT by iptables: a chain of the server's own in the tables nat and filter, and one jump to each. */
export function iptablesRules(run: RunProgram, tun: string, pool: string): NatRules {
  const chain = iptablesChain(tun);
  return {
    change: { kind: "iptables-chain", chain },
    add: () => {
      // What was left behind is not added to.
      removeIptablesChain(run, chain);
      const outcome = allOf(run, iptablesAdditions(chain, tun, pool));
      if (outcome.kind !== "done") removeIptablesChain(run, chain);
      return outcome;
    },
  };
}

/** Names the chain after the device: no two servers have the same. At most 23 bytes of the 28 that a chain's name may have. */
function iptablesChain(tun: string): string {
  return `LAB-KIT-${tun}`;
}

/**
 * Each an argument list of `iptables`. A client's address is replaced by the host's when a packet leaves through any other device
 * (RFC 3022). Packets from and to the device may pass, whatever the policy of FORWARD is: Docker's, for one, is to drop.
 */
export function iptablesAdditions(chain: string, tun: string, pool: string): readonly (readonly string[])[] {
  return [
    ["-t", "nat", "-N", chain],
    ["-t", "nat", "-A", chain, "-s", pool, "!", "-o", tun, "-j", "MASQUERADE"],
    ["-t", "nat", "-A", "POSTROUTING", "-j", chain],
    ["-t", "filter", "-N", chain],
    ["-t", "filter", "-A", chain, "-i", tun, "-j", "ACCEPT"],
    ["-t", "filter", "-A", chain, "-o", tun, "-j", "ACCEPT"],
    ["-t", "filter", "-I", "FORWARD", "-j", chain],
  ];
}

/** Deletes the jumps, then the chains; that there are none (any more) is no failure. */
export function removeIptablesChain(run: RunProgram, chain: string): Outcome {
  for (const [table, hook] of [
    ["nat", "POSTROUTING"],
    ["filter", "FORWARD"],
  ] as const) {
    if (iptables(run, ["-t", table, "-S", chain]).kind !== "done") continue;
    const removals = [
      ["-t", table, "-D", hook, "-j", chain],
      ["-t", table, "-F", chain],
      ["-t", table, "-X", chain],
    ];
    // Killed between the two, the last start may have left the chain without its jump.
    const jumps = iptables(run, ["-t", table, "-C", hook, "-j", chain]).kind === "done";
    const outcome = allOf(run, jumps ? removals : removals.slice(1));
    if (outcome.kind !== "done") return outcome;
  }
  return { kind: "done", output: "" };
}

/** One after the other, up to the first that fails. */
function allOf(run: RunProgram, argumentLists: readonly (readonly string[])[]): Outcome {
  for (const args of argumentLists) {
    const outcome = iptables(run, args);
    if (outcome.kind !== "done") return outcome;
  }
  return { kind: "done", output: "" };
}

/** `-w`: waits for the lock when another program is changing the rules. */
function iptables(run: RunProgram, args: readonly string[]): Outcome {
  return run("iptables", ["-w", ...args]);
}
