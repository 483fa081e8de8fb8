import { describe, expect, it } from "vitest";
import type { HostChange } from "#server/host/host-change.ts";
import { createJournal } from "#server/host/journal.ts";
import { setUpNat } from "#server/host/nat.ts";
import { iptablesAdditions, removeIptablesChain } from "#server/host/nat-iptables.ts";
import { nftScript, removeNftTable } from "#server/host/nat-nft.ts";
import type { Outcome, RunProgram } from "#server/host/run-program.ts";

const done: Outcome = { kind: "done", output: "" };

/** Programs that are not run: what they were asked, and what they answer. */
function programs(answer: (command: string, args: readonly string[]) => Outcome) {
  const asked: string[] = [];
  const run: RunProgram = (command, args, input) => {
    asked.push([command, ...args, ...(input === undefined ? [] : [`<<${input}`])].join(" "));
    return answer(command, args);
  };
  return { run, asked };
}

/** Undoing is noted too. */
function journalFor(undone: HostChange[]) {
  return createJournal<HostChange>({ program: "test", undo: (change) => void undone.push(change), isNeeded: () => false }, null);
}

const setUp = (nat: "auto" | "nft" | "iptables" | "none", answer: (command: string, args: readonly string[]) => Outcome) => {
  const { run, asked } = programs(answer);
  const undone: HostChange[] = [];
  const journal = journalFor(undone);
  const result = () => setUpNat({ nat, tunName: "4over6", pool: "13.8.0.0/24" }, journal, run);
  return { result, asked, undone, journal };
};

describe("NAT by nft", () => {
  it("is one table of the server's own, made in one go in place of one that was left behind", () => {
    expect(nftScript("lab-kit-4over6", "4over6", "13.8.0.0/24")).toBe(`table ip lab-kit-4over6
delete table ip lab-kit-4over6
table ip lab-kit-4over6 {
  chain postrouting {
    type nat hook postrouting priority 100; policy accept;
    ip saddr 13.8.0.0/24 oifname != "4over6" masquerade
  }
}
`);
  });

  it("is undone by deleting that table, and nothing else", () => {
    const { run, asked } = programs(() => done);
    removeNftTable(run, "lab-kit-4over6");
    expect(asked).toEqual(["nft -f - <<table ip lab-kit-4over6\ndelete table ip lab-kit-4over6\n"]);
  });
});

describe("NAT by iptables", () => {
  const chain = "LAB-KIT-4over6";

  it("is a chain of the server's own in two tables, and one jump to each", () => {
    expect(iptablesAdditions(chain, "4over6", "13.8.0.0/24").map((args) => args.join(" "))).toEqual([
      "-t nat -N LAB-KIT-4over6",
      "-t nat -A LAB-KIT-4over6 -s 13.8.0.0/24 ! -o 4over6 -j MASQUERADE",
      "-t nat -A POSTROUTING -j LAB-KIT-4over6",
      "-t filter -N LAB-KIT-4over6",
      "-t filter -A LAB-KIT-4over6 -i 4over6 -j ACCEPT",
      "-t filter -A LAB-KIT-4over6 -o 4over6 -j ACCEPT",
      "-t filter -I FORWARD -j LAB-KIT-4over6",
    ]);
  });

  it("is undone by deleting the jumps and the chains, and nothing else", () => {
    const { run, asked } = programs(() => done);
    expect(removeIptablesChain(run, chain)).toEqual(done);
    expect(asked).toEqual([
      "iptables -w -t nat -S LAB-KIT-4over6",
      "iptables -w -t nat -C POSTROUTING -j LAB-KIT-4over6",
      "iptables -w -t nat -D POSTROUTING -j LAB-KIT-4over6",
      "iptables -w -t nat -F LAB-KIT-4over6",
      "iptables -w -t nat -X LAB-KIT-4over6",
      "iptables -w -t filter -S LAB-KIT-4over6",
      "iptables -w -t filter -C FORWARD -j LAB-KIT-4over6",
      "iptables -w -t filter -D FORWARD -j LAB-KIT-4over6",
      "iptables -w -t filter -F LAB-KIT-4over6",
      "iptables -w -t filter -X LAB-KIT-4over6",
    ]);
  });

  it("is undone also where it was set up halfway", () => {
    const { run, asked } = programs((_, args) =>
      args.includes("-C") || (args.includes("-S") && args.includes("filter")) ? { kind: "failed", reason: "no" } : done,
    );
    expect(removeIptablesChain(run, chain)).toEqual(done);
    expect(asked.filter((command) => / -[DFX] /.test(command))).toEqual([
      "iptables -w -t nat -F LAB-KIT-4over6",
      "iptables -w -t nat -X LAB-KIT-4over6",
    ]);
  });

  it("stops at the first rule that is refused, and undoes what there is", () => {
    const { result, asked, undone, journal } = setUp("iptables", (_, args) =>
      args.includes("MASQUERADE") ? { kind: "failed", reason: "iptables: No chain/target/match by that name." } : done,
    );
    expect(result).toThrow("--nat iptables: iptables refused (iptables: No chain/target/match by that name.); install it");
    const [refused = "", ...after] = asked.slice(asked.findIndex((command) => command.includes("MASQUERADE")));
    expect(refused).toContain("-A LAB-KIT-4over6");
    expect(after.filter((command) => / -[ANI] /.test(command))).toEqual([]);
    expect(after).toContain("iptables -w -t nat -X LAB-KIT-4over6");
    journal.undoAll();
    expect(undone).toEqual([]);
  });
});

/** What `--nat auto` comes to where the host has this chain. */
function choiceWhere(family: string, table: string, name: string, hook: string, policy: string) {
  const output = JSON.stringify({ nftables: [{ metainfo: {} }, { chain: { family, table, name, hook, policy } }] });
  return setUp("auto", (_, args) => (args.includes("list") ? { kind: "done", output } : done)).result();
}

describe("the choice of NAT", () => {
  it("is written down before anything is done", () => {
    const { run } = programs(() => {
      throw new Error("killed");
    });
    const undone: HostChange[] = [];
    const journal = journalFor(undone);
    // The firewall is looked at first, which changes nothing.
    const killed: RunProgram = (command, args, input) => (args.includes("list") ? done : run(command, args, input));
    expect(() => setUpNat({ nat: "nft", tunName: "4over6", pool: "13.8.0.0/24" }, journal, killed)).toThrow("killed");
    journal.undoAll();
    expect(undone).toEqual([{ kind: "nft-table", table: "lab-kit-4over6" }]);
  });

  it("none: runs no program", () => {
    const { result, asked } = setUp("none", () => done);
    expect(result()).toMatchObject({ by: "none", warning: undefined });
    expect(asked).toEqual([]);
  });

  it("auto: nft when it is there", () => {
    const { result, asked } = setUp("auto", () => done);
    expect(result()).toMatchObject({ by: "nft", warning: undefined });
    expect(asked.every((command) => command.startsWith("nft "))).toBe(true);
  });

  it("auto: iptables when nft is missing or refuses", () => {
    for (const outcome of [{ kind: "missing" }, { kind: "failed", reason: "Operation not permitted" }] as const) {
      const { result, undone, journal } = setUp("auto", (command) => (command === "nft" ? outcome : done));
      expect(result()).toMatchObject({ by: "iptables" });
      journal.undoAll();
      expect(undone).toEqual([{ kind: "iptables-chain", chain: "LAB-KIT-4over6" }]);
    }
  });

  it("auto: none when nothing works, with the reasons and what to do", () => {
    const { result } = setUp("auto", (command) => (command === "nft" ? { kind: "missing" } : { kind: "failed", reason: "no permission" }));
    expect(result()).toMatchObject({
      by: "none",
      warning:
        "nft is not installed, iptables refused (no permission); install nftables and run as root for NAT, or tell the routers outside a route to 13.8.0.0/24 by way of this host",
    });
  });

  it("auto: iptables where its policy is to drop, since only it can let packets pass there", () => {
    expect(choiceWhere("ip", "filter", "FORWARD", "forward", "drop")).toMatchObject({ by: "iptables", warning: undefined });
    expect(choiceWhere("ip", "filter", "FORWARD", "forward", "accept")).toMatchObject({ by: "nft", warning: undefined });
    expect(choiceWhere("ip", "filter", "INPUT", "input", "drop")).toMatchObject({ by: "nft", warning: undefined });
    expect(choiceWhere("ip6", "filter", "FORWARD", "forward", "drop")).toMatchObject({ by: "nft", warning: undefined });
    expect(choiceWhere("inet", "wall", "gate", "forward", "drop")).toMatchObject({
      by: "nft",
      warning: expect.stringContaining("inet wall gate") as string,
    });
  });
});
