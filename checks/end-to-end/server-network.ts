import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished, type TestContext } from "vitest";
import { inOwnNetwork } from "#checks/devices/namespace.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/** A host of its own for a test: a network with nothing in it but the loopback, forwarding off, and a /run of its own. It goes with the test. */
export type OwnHost = {
  /** The command that starts a program on this host; it becomes the program. */
  readonly within: readonly string[];
  /** Runs a shell script there and returns what it prints. Throws when it fails. */
  readonly run: (script: string) => string;
  /** Whether the script succeeds there. */
  readonly works: (script: string) => boolean;
  /** What a server may change: forwarding, devices, routes, rules, and files in /run. Counters and handles are left out. */
  readonly settings: () => string;
  /** A client on this host asks for an address and pings `to` through the tunnel; the fields of the answer. */
  readonly ping: (port: number, to: string) => unknown;
};

const settings = `
  cat /proc/sys/net/ipv4/ip_forward
  ip -o link | sed 's/^[0-9]*: //; s/<.*> mtu/mtu/; s/ qdisc.*//'; ip -o link show up | sed 's/^[0-9]*: //; s/: .*/ is up/'
  ip -o -4 address | sed 's/^[0-9]*: //'; ip route | sed 's/ linkdown//'
  if command -v nft >/dev/null; then nft -s list ruleset; fi
  if command -v iptables-save >/dev/null; then iptables-save | sed '/^#/d; s/ \\[.*//'; fi
  ls -A /run | sed '/^mount$/d'`;

/** Skips the test, with the reason, where no such host can be made. */
export async function ownHost(context: TestContext): Promise<OwnHost> {
  const [command = "", ...unshare] = inOwnNetwork(context);
  // A new network takes over whether the machine forwards.
  const setUp = "mount -t tmpfs none /run && ip link set lo up && echo 0 >/proc/sys/net/ipv4/ip_forward && echo ready && read -r end";
  const holder = spawn(command, [...unshare, "sh", "-c", setUp], { cwd: root, stdio: ["pipe", "pipe", "ignore"] });
  onTestFinished(async () => {
    const ended = holder.exitCode !== null ? undefined : once(holder, "close");
    holder.stdin.end();
    await ended;
  });
  const [first] = await Promise.race([once(createInterface({ input: holder.stdout }), "line"), once(holder, "close")]);
  if (first !== "ready") context.skip("the program ip is missing, or nothing can be mounted in a namespace here");

  const within = ["nsenter", "--preserve-credentials", "--user", "--net", "--mount", "--wd", "--target", String(holder.pid)];
  const [enter = "", ...rest] = within;
  if (spawnSync(enter, [...rest, "true"]).status !== 0) context.skip("the program nsenter is missing, or may not enter a namespace here");
  const run = (script: string) =>
    execFileSync(enter, [...rest, "sh", "-ec", script], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const ping = await bundle(fileURLToPath(new URL("server-ping.program.ts", import.meta.url)), implementationFrom("labs"));
  return {
    within,
    run,
    works: (script) => spawnSync(enter, [...rest, "sh", "-ec", script]).status === 0,
    settings: () => run(settings),
    ping: (port, to) => JSON.parse(run(`exec timeout 20 ${process.execPath} ${ping.file} ${port} ${to}`)) as unknown,
  };
}

/** A host on which this firewall program works. */
export async function ownHostWith(context: TestContext, firewall: "nft" | "iptables"): Promise<OwnHost> {
  const host = await ownHost(context);
  const probe = {
    nft: "nft add table ip probe && nft delete table ip probe",
    iptables: "iptables -t nat -N PROBE && iptables -t nat -X PROBE",
  };
  if (!host.works(probe[firewall])) context.skip(`${firewall} is not installed, or does not work in a namespace here`);
  // iptables makes its own tables and chains when they are first used, and leaves them there.
  if (firewall === "iptables")
    host.run(
      "for t in 'filter FORWARD' 'nat POSTROUTING'; do set -- $t; iptables -t $1 -A $2 -j ACCEPT; iptables -t $1 -D $2 -j ACCEPT; done",
    );
  return host;
}
