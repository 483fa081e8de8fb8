import { describe, expect, it, type TestContext } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { type OwnHost, ownHost, ownHostWith } from "./server-network.ts";
import { portOf, serverEnding, startServer } from "./server-process.ts";

const listen = ["--listen", "[::1]:0"];

/** Rules of the host's own, which must be there before, meanwhile and after. */
const ownRules = {
  nft: "nft add table ip host; nft add chain ip host forward '{ type filter hook forward priority 0; }'; nft add rule ip host forward ip saddr 10.0.0.0/8 drop",
  iptables: "iptables -A FORWARD -s 10.0.0.0/8 -j DROP; iptables -t nat -A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE",
} as const;

/** Another host behind a cable, 198.51.100.2, which knows no route to the pool: it can answer only what comes from 198.51.100.1. */
const neighbour = `
  ip link add inside type veth peer name outside
  ip address add 198.51.100.1/24 dev inside; ip link set inside up
  ip netns add far; ip link set outside netns far
  ip -n far address add 198.51.100.2/24 dev outside; ip -n far link set outside up`;

/** Hides both programs on this host. */
function hideFirewallPrograms(context: TestContext, host: OwnHost): void {
  const hide = '[ "$(readlink -f /usr/sbin)" = /usr/sbin ] && mount -t tmpfs none /usr/sbin && ! command -v nft && ! command -v iptables';
  if (!host.works(hide)) context.skip("nft and iptables do not lie in a folder of their own here, so they cannot be hidden");
}

describe.skipIf(!hasReference)("NAT on a host", () => {
  it.for(["nft", "iptables"] as const)("adds rules of its own by %s, and removes exactly these", async (firewall, context) => {
    const host = await ownHostWith(context, firewall);
    host.run(ownRules[firewall]);
    const before = host.settings();
    const server = startServer([...listen, "--nat", firewall], host);
    expect(await server.next("nat")).toMatchObject({ by: firewall });
    await server.next("listening");
    expect(host.settings()).toMatch(/lab-kit-4over6|LAB-KIT-4over6/);
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
    expect(host.settings()).toBe(before);
  });

  it.for(["nft", "iptables"] as const)("lets the internet answer by %s", async (firewall, context) => {
    const host = await ownHostWith(context, firewall);
    host.run(neighbour);
    const server = startServer([...listen, "--nat", firewall], host);
    expect(host.ping(await portOf(server), "198.51.100.2")).toMatchObject({ from: "198.51.100.2", to: "13.8.0.2", type: 0, intact: true });
  });

  it("lets packets pass where the policy of iptables is to drop, and takes iptables for it", async (context) => {
    const host = await ownHostWith(context, "iptables");
    host.run("iptables -P FORWARD DROP");
    host.run(neighbour);
    const server = startServer(listen, host);
    expect(await server.next("nat")).toMatchObject({ by: "iptables" });
    expect(host.ping(await portOf(server), "198.51.100.2")).toMatchObject({ from: "198.51.100.2", type: 0 });
  });

  it("warns of a firewall that drops what is forwarded", async (context) => {
    const host = await ownHostWith(context, "nft");
    host.run("nft add table inet wall; nft add chain inet wall gate '{ type filter hook forward priority 0; policy drop; }'");
    const server = startServer([...listen, "--nat", "nft"], host);
    await server.next("nat");
    expect(await server.next("nat")).toMatchObject({ level: "warn", note: expect.stringContaining("inet wall gate") as string });
  });

  it.for(["nft", "iptables"] as const)("cleans up at the next start after kill -9 (%s)", async (firewall, context) => {
    const host = await ownHostWith(context, firewall);
    const before = host.settings();
    const first = startServer([...listen, "--nat", firewall], host);
    await first.next("listening");
    await first.end("SIGKILL");
    expect(host.settings()).not.toBe(before);
    expect(host.run("cat /proc/sys/net/ipv4/ip_forward")).toBe("1\n");

    const second = startServer([...listen, "--nat", "none", "--tun-name", "other"], host);
    expect(await second.next("cleaned up")).toMatchObject({
      level: "warn",
      note: expect.stringContaining(`process ${first.process.pid}`) as string,
    });
    await second.next("listening");
    expect(host.settings()).not.toMatch(/(?:lab-kit|LAB-KIT)-4over6/);
    await second.end("SIGTERM");
    expect(host.settings()).toBe(before);
  });
});

describe.skipIf(!hasReference)("without nft and iptables", () => {
  it("packets are routed, and the log says what to do", async (context) => {
    const host = await ownHost(context);
    hideFirewallPrograms(context, host);
    const server = startServer(listen, host);
    expect(await server.next("nat")).toMatchObject({ by: "none" });
    expect(await server.next("nat")).toMatchObject({
      level: "warn",
      note: expect.stringMatching(/nft is not installed, iptables is not installed; install nftables/) as string,
    });
    await server.next("listening");
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
  });

  it.for(["nft", "iptables"] as const)("--nat %s is refused, and nothing stays behind", async (nat, context) => {
    const host = await ownHost(context);
    const before = host.settings();
    hideFirewallPrograms(context, host);
    expect(await serverEnding([...listen, "--nat", nat], host)).toMatchObject({
      code: 1,
      stderr: `--nat ${nat}: ${nat} is not installed; install it, run as root, or choose --nat auto or --nat none.\n`,
    });
    host.run("umount /usr/sbin");
    expect(host.settings()).toBe(before);
  });
});
