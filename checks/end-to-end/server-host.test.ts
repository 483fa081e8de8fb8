import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { works } from "#checks/devices/ordinary-user.ts";
import { hasReference } from "#launch/implementation.mjs";
import { labsWith } from "./server-labs.ts";
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

const withoutFirewallPrograms = (host: OwnHost) => ({
  ...host,
  // In the namespace only: the programs lie there, and ip has a second place.
  within: [...host.within, "sh", "-c", 'mount -t tmpfs none /usr/sbin && ! command -v nft iptables && exec "$@"', "sh"],
});

describe.skipIf(!hasReference)("the server on a host", () => {
  it("makes a device, forwards, and says so", async (context) => {
    const host = await ownHost(context);
    const server = startServer([...listen, "--nat", "none", "--mtu", "1400", "--pool", "10.9.0.0/16"], host);
    expect(await server.next("device")).toMatchObject({ name: "4over6", address: "10.9.0.1/16", mtu: 1400 });
    expect(await server.next("forwarding")).toMatchObject({ note: expect.stringContaining("switched on") as string });
    expect(await server.next("nat")).toMatchObject({ by: "none", note: expect.stringContaining("without NAT") as string });
    const port = await portOf(server);
    expect(host.run("cat /proc/sys/net/ipv4/ip_forward")).toBe("1\n");
    expect(host.run("ip -o link show 4over6")).toMatch(/[<,]UP[,>].* mtu 1400 /);
    expect(host.run("ip -o -4 address show 4over6")).toContain("inet 10.9.0.1/16");
    // The kernel answers a ping for the device's own address.
    expect(host.ping(port, "10.9.0.1")).toMatchObject({ from: "10.9.0.1", to: "10.9.0.2", type: 0, intact: true });
  });

  it.for(["SIGINT", "SIGTERM", "SIGHUP"] as const)("leaves nothing behind after %s", async (signal, context) => {
    const host = await ownHost(context);
    const before = host.settings();
    const server = startServer(listen, host);
    await server.next("listening");
    expect(host.settings()).not.toBe(before);
    expect(await server.end(signal)).toMatchObject({ code: 0, stderr: "" });
    expect(host.settings()).toBe(before);
  });

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

  it("undoes everything when it crashes", async (context) => {
    const host = await ownHost(context);
    const before = host.settings();
    const from = await labsWith("lab-4", (folder) => {
      const file = join(folder, "server-core.ts");
      const right = readFileSync(file, "utf8");
      writeFileSync(
        file,
        right.replace(
          "const actions: ServerAction[] = [];\n      for (const [id",
          'if (elapsed < 1000) throw new Error("oops");\n      $&',
        ),
      );
    });
    const server = startServer([...listen, "--from", from], host);
    expect(await server.ended).toMatchObject({ code: 70, stderr: expect.stringContaining("oops") as string });
    expect(server.lines().map(({ msg }) => msg)).toContain("listening");
    expect(host.settings()).toBe(before);
  });

  it("ends, undoes everything and says why when its device is deleted", async (context) => {
    const host = await ownHost(context);
    const before = host.settings();
    const server = startServer(listen, host);
    await server.next("listening");
    host.run("ip link delete 4over6");
    expect(await server.next("device lost")).toMatchObject({ level: "error", note: expect.stringContaining("deleted") as string });
    expect(await server.ended).toMatchObject({ code: 1 });
    expect(host.settings()).toBe(before);
  });

  it("changes nothing when it cannot start", async (context) => {
    const host = await ownHost(context);
    const server = startServer(listen, host);
    const port = await portOf(server);
    const before = host.settings();
    const result = await serverEnding(["--listen", `[::1]:${port}`, "--tun-name", "other"], host);
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining("is in use by another program") as string });
    expect(await serverEnding(listen, host)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("The device 4over6 is in use") as string,
    });
    expect(host.settings()).toBe(before);
  });
});

describe.skipIf(!hasReference)("forwarding", () => {
  it("stays on where it was on", async (context) => {
    const host = await ownHost(context);
    host.run("echo 1 > /proc/sys/net/ipv4/ip_forward");
    const server = startServer(listen, host);
    expect(await server.next("forwarding")).toMatchObject({ note: expect.stringContaining("was on") as string });
    await server.next("listening");
    await server.end("SIGTERM");
    expect(host.run("cat /proc/sys/net/ipv4/ip_forward")).toBe("1\n");
  });

  it("stays on until the last of two servers stops", async (context) => {
    const host = await ownHost(context);
    const first = startServer(listen, host);
    await first.next("listening");
    const second = startServer([...listen, "--tun-name", "other", "--pool", "10.9.0.0/24"], host);
    expect(await second.next("forwarding")).toMatchObject({ note: expect.stringContaining("another server") as string });
    await second.next("listening");
    await first.end("SIGTERM");
    expect(host.run("cat /proc/sys/net/ipv4/ip_forward")).toBe("1\n");
    await second.end("SIGTERM");
    expect(host.run("cat /proc/sys/net/ipv4/ip_forward")).toBe("0\n");
  });

  it("is missed, and the server runs, where it cannot be switched on", async (context) => {
    const host = await ownHost(context);
    const file = "/proc/sys/net/ipv4/ip_forward";
    if (!host.works(`mount --bind ${file} ${file} && mount -o remount,ro,bind ${file}`))
      context.skip("a setting cannot be made read-only here");
    const server = startServer([...listen, "--nat", "none"], host);
    await server.next("forwarding");
    expect(await server.next("forwarding")).toMatchObject({ level: "warn", note: expect.stringContaining("forwards nothing") as string });
    expect(host.ping(await portOf(server), "13.8.0.1")).toMatchObject({ from: "13.8.0.1" });
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe.skipIf(!hasReference)("a device that was there before", () => {
  const make = "ip tuntap add dev kept mode tun; ip link set kept mtu 1300; ip address add 10.1.2.3/24 dev kept";

  it("is used, and gets back its settings", async (context) => {
    const host = await ownHost(context);
    host.run(make);
    const before = host.settings();
    const server = startServer([...listen, "--tun-name", "kept"], host);
    expect(await server.next("device")).toMatchObject({ name: "kept", note: expect.stringContaining("was there") as string });
    expect(host.ping(await portOf(server), "13.8.0.1")).toMatchObject({ from: "13.8.0.1", to: "13.8.0.2" });
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
    expect(host.settings()).toBe(before);
  });

  it("gets them back at the next start after kill -9", async (context) => {
    const host = await ownHost(context);
    host.run(make);
    const before = host.settings();
    const first = startServer([...listen, "--tun-name", "kept"], host);
    await first.next("listening");
    await first.end("SIGKILL");
    const second = startServer([...listen, "--pool", "10.9.0.0/24"], host);
    await second.next("cleaned up");
    await second.next("listening");
    await second.end("SIGTERM");
    expect(host.settings()).toBe(before);
  });

  it("is left alone when it is as needed", async (context) => {
    const host = await ownHost(context);
    host.run("ip tuntap add dev kept mode tun; ip address add 13.8.0.1/24 dev kept; ip link set kept up");
    const before = host.settings();
    const server = startServer([...listen, "--tun-name", "kept"], host);
    expect(await server.next("device")).toMatchObject({ note: "was there, set up as needed" });
    await server.next("listening");
    await server.end("SIGTERM");
    expect(host.settings().replaceAll("NO-CARRIER,", "")).toBe(before.replaceAll("NO-CARRIER,", ""));
  });
});

/** A program without the rights that others have on this host: it is root of nothing. */
function withoutRights(context: TestContext, host: OwnHost): { readonly within: readonly string[] } {
  const within = [...host.within, "setpriv", "--bounding-set", "-all", "--inh-caps", "-all"];
  if (!works([...within, "true"])) context.skip("setpriv cannot give rights away on this machine");
  return { within };
}

const refusal = (sentence: RegExp) => ({ code: 1, stderr: expect.stringMatching(sentence) as string });

describe.skipIf(!hasReference)("a server without rights", () => {
  const prepare = `ip tuntap add dev 4over6 mode tun user 0; ip address add 13.8.0.1/24 dev 4over6; ip link set 4over6 up
    echo 1 > /proc/sys/net/ipv4/ip_forward`;

  it("runs on a device and with forwarding that an administrator has prepared", async (context) => {
    const host = await ownHost(context);
    host.run(prepare);
    for (const nat of ["none", "auto"]) {
      const server = startServer([...listen, "--nat", nat], withoutRights(context, host));
      expect(await server.next("nat")).toMatchObject({ by: "none" });
      expect(host.ping(await portOf(server), "13.8.0.1")).toMatchObject({ from: "13.8.0.1", to: "13.8.0.2" });
      expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
    }
  });

  it("says what it may not change, in one sentence", async (context) => {
    const host = await ownHost(context);
    host.run(prepare);
    const before = host.settings();
    const limited = withoutRights(context, host);
    expect(await serverEnding([...listen, "--mtu", "1300"], limited)).toMatchObject(refusal(/^Changing 4over6 \(an MTU of 1300\) .*\n$/));
    expect(await serverEnding([...listen, "--nat", "nft"], limited)).toMatchObject(
      refusal(/^--nat nft: nft (refused|is not installed).*\n$/),
    );
    expect(await serverEnding([...listen, "--tun-name", "own"], limited)).toMatchObject(refusal(/^Making a TUN device needs .*\n$/));
    expect(host.settings()).toBe(before);
  });
});

describe.skipIf(!hasReference)("without nft and iptables", () => {
  it("packets are routed, and the log says what to do", async (context) => {
    const host = withoutFirewallPrograms(await ownHost(context));
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
    expect(await serverEnding([...listen, "--nat", nat], withoutFirewallPrograms(host))).toMatchObject({
      code: 1,
      stderr: `--nat ${nat}: ${nat} is not installed; install it, run as root, or choose --nat auto or --nat none.\n`,
    });
    host.run("umount /usr/sbin");
    expect(host.settings()).toBe(before);
  });
});
