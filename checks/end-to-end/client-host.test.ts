import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, type TestContext } from "vitest";
import { inOwnNetworkWithoutRights } from "#checks/devices/namespace.ts";
import { bundle } from "#launch/bundle.mjs";
import { hasReference, implementationFrom } from "#launch/implementation.mjs";
import { startKitProgram } from "./kit-process.ts";
import { labsWith } from "./server-labs.ts";
import { type OwnHost, ownHost } from "./server-network.ts";
import { portOf, startServer } from "./server-process.ts";

const device = "4over6-client";

/** Another host behind a cable: the server's, at an address that is not on the link. Both the way there and everything else go by the gateway. */
const farHost = `
  ip link add inside type veth peer name outside
  ip address add 10.7.0.2/24 dev inside; ip link set inside up
  ip netns add far; ip link set outside netns far
  ip -n far link set lo up; ip -n far address add 10.7.0.1/24 dev outside; ip -n far link set outside up
  ip -n far address add 192.0.2.1/32 dev lo
  ip route add default via 10.7.0.1`;

/** A server whose internet is in memory, so that it changes nothing of the host. */
async function serverOn({ within }: Pick<OwnHost, "within">, listen = "[::1]:0", dns = "192.0.2.53,192.0.2.54") {
  const server = startServer(["--listen", listen, "--link", "memory", "--dns", dns], { within });
  return { server, port: await portOf(server) };
}

function startClient(host: OwnHost, port: number, args: readonly string[] = [], address = "::1") {
  return startKitProgram("client", ["--server", `[${address}]:${port}`, ...args], host);
}

/** What a ping through the kernel comes to: `answered`, or the error. */
async function ping(host: OwnHost, to: string): Promise<string> {
  const { file } = await bundle(fileURLToPath(new URL("client-ping.program.ts", import.meta.url)), implementationFrom("labs"));
  return host.run(`exec ${process.execPath} ${file} ${to}`).trim();
}

/** A host whose /etc is its own, with this resolv.conf. */
async function hostWithResolver(context: TestContext, make = "echo 'nameserver 10.0.0.53' > /etc/resolv.conf"): Promise<OwnHost> {
  const host = await ownHost(context);
  host.run(`mount -t tmpfs none /etc; ${make}`);
  return host;
}

const resolver = (host: OwnHost) => host.run("cat /etc/resolv.conf");
const fromTunnel = /^# From the 4over6 client.*\nnameserver 192\.0\.2\.53\nnameserver 192\.0\.2\.54\n$/;

describe.skipIf(!hasReference)("the client on a host", () => {
  it("brings an address and everything's route, carries pings, and leaves nothing behind", async (context) => {
    const host = await ownHost(context);
    const { port } = await serverOn(host);
    const before = host.settings();
    expect(await ping(host, "198.51.100.2")).toBe("ENETUNREACH");
    const client = startClient(host, port, ["--dns", "show", "--mtu", "1400"]);
    await client.next("ready");
    expect(host.run(`ip -o link show ${device}`)).toMatch(/[<,]UP[,>].* mtu 1400 /);
    expect(host.run(`ip -o -4 address show ${device}`)).toContain("inet 13.8.0.2/32");
    expect(host.run(`ip route show dev ${device}`)).toMatch(/^0\.0\.0\.0\/1 .*\n128\.0\.0\.0\/1 /);
    expect(await ping(host, "198.51.100.2")).toBe("answered");
    expect(await ping(host, "9.9.9.9")).toBe("answered");
    expect(await client.end("SIGINT")).toMatchObject({ code: 0, stderr: "" });
    expect(host.settings()).toBe(before);
  });

  it("routes only what it is told", async (context) => {
    const host = await ownHost(context);
    const { port } = await serverOn(host);
    const client = startClient(host, port, ["--dns", "none", "--route", "198.51.100.0/24", "--tun-name", "t1"]);
    await client.next("ready");
    expect(host.run("ip route show dev t1")).toMatch(/^198\.51\.100\.0\/24 .*\n$/);
    expect(await ping(host, "198.51.100.2")).toBe("answered");
    expect(await ping(host, "203.0.113.1")).toBe("ENETUNREACH");
    await client.end("SIGTERM");
    const other = startClient(host, port, ["--dns", "none", "--route", "none"]);
    await other.next("ready");
    expect(host.run(`ip route show dev ${device}`)).toBe("");
  });

  it("leaves nothing behind when the server goes", async (context) => {
    const host = await ownHost(context);
    const { server, port } = await serverOn(host);
    const before = host.settings();
    const client = startClient(host, port, ["--dns", "show"]);
    await client.next("ready");
    await server.end("SIGKILL");
    expect(await client.ended).toMatchObject({ code: 1, stderr: expect.stringContaining("closed the connection") as string });
    expect(host.settings()).toBe(before);
  });

  it("leaves nothing behind when it crashes, and shows where", async (context) => {
    const host = await hostWithResolver(context);
    const { port } = await serverOn(host);
    const before = host.settings();
    const from = await labsWith("lab-1", (folder) => {
      const file = join(folder, "message-decoder.ts");
      const broken = readFileSync(file, "utf8").replace(
        /receive: \(chunk\) => \{|receive\(chunk\) \{/,
        '$& if (chunk[4] === 103) throw new TypeError("a mistake in lab 1");',
      );
      writeFileSync(file, broken);
    });
    const client = startClient(host, port, ["--from", from]);
    await client.next("ready");
    expect(resolver(host)).toMatch(fromTunnel);
    expect(await ping(host, "198.51.100.2")).not.toBe("answered");
    const { code, stderr } = await client.ended;
    expect(code).toBe(70);
    expect(stderr).toMatch(/The client crashed[\s\S]*a mistake in lab 1[\s\S]*message-decoder\.ts:\d+/);
    expect(host.settings()).toBe(before);
    expect(resolver(host)).toBe("nameserver 10.0.0.53\n");
  });

  it("keeps its own connection out of the tunnel when that runs over IPv4", async (context) => {
    const host = await ownHost(context);
    host.run(farHost);
    const { port } = await serverOn({ within: [...host.within, "ip", "netns", "exec", "far"] }, "[::]:0");
    const before = host.settings();
    const client = startClient(host, port, ["--dns", "show"], "::ffff:192.0.2.1");
    expect(await client.next("routes")).toMatchObject({ note: expect.stringContaining("192.0.2.1, still by way of inside") as string });
    await client.next("ready");
    expect(host.run("ip route get 192.0.2.1")).toContain("via 10.7.0.1 dev inside");
    expect(host.run("ip route get 192.0.2.2")).toContain(`dev ${device}`);
    expect(await ping(host, "198.51.100.2")).toBe("answered");
    expect(await ping(host, "198.51.100.2")).toBe("answered");
    await client.end("SIGTERM");
    expect(host.settings()).toBe(before);
  });

  it("gives a device that was there back as it was", async (context) => {
    const host = await ownHost(context);
    const { port } = await serverOn(host);
    host.run(`ip tuntap add dev ${device} mode tun; ip address add 13.8.0.2/32 dev ${device}; ip link set ${device} mtu 1300 up`);
    const before = host.settings();
    const client = startClient(host, port, ["--dns", "show"]);
    await client.next("ready");
    expect(await ping(host, "198.51.100.2")).toBe("answered");
    await client.end("SIGTERM");
    expect(host.settings()).toBe(before);

    const killed = startClient(host, port, ["--dns", "show"]);
    await killed.next("ready");
    await killed.end("SIGKILL");
    expect(host.settings()).not.toBe(before);
    const next = startClient(host, port, ["--dns", "show"]);
    expect(await next.next("cleaned up")).toMatchObject({ note: expect.stringContaining("device") as string });
    await next.next("ready");
    await next.end("SIGTERM");
    expect(host.settings()).toBe(before);
  });

  it("says which rights it lacks, and whose name is taken", async (context) => {
    const within = inOwnNetworkWithoutRights(context);
    const powerless = await startKitProgram("client", ["--server", "[::1]:1"], { within }).ended;
    expect(powerless).toMatchObject({ code: 1, stderr: expect.stringContaining("CAP_NET_ADMIN") as string });
    const host = await ownHost(context);
    const { port } = await serverOn(host);
    await startClient(host, port, ["--dns", "show"]).next("ready");
    const second = await startClient(host, port, ["--dns", "show"]).ended;
    expect(second).toMatchObject({
      code: 1,
      stderr: `The device ${device} is in use by another program; stop it, or choose another name.\n`,
    });
  });
});

describe.skipIf(!hasReference)("the client and the host's DNS", () => {
  it("writes the tunnel's servers to resolv.conf, and puts back what was there", async (context) => {
    const host = await hostWithResolver(context);
    const { port } = await serverOn(host);
    const client = startClient(host, port);
    await client.next("ready");
    expect(resolver(host)).toMatch(fromTunnel);
    await client.end("SIGTERM");
    expect(resolver(host)).toBe("nameserver 10.0.0.53\n");
  });

  it("replaces a link, and never writes to what it leads to", async (context) => {
    const host = await hostWithResolver(context, "echo 'nameserver 10.0.0.53' > /etc/theirs; ln -s theirs /etc/resolv.conf");
    const { port } = await serverOn(host);
    const client = startClient(host, port);
    await client.next("ready");
    expect(resolver(host)).toMatch(fromTunnel);
    expect(host.run("cat /etc/theirs")).toBe("nameserver 10.0.0.53\n");
    await client.end("SIGTERM");
    expect(host.run("readlink /etc/resolv.conf; ls -A /etc")).toBe("theirs\nresolv.conf\ntheirs\n");
  });

  it("writes in place where the file is mounted, as in a container", async (context) => {
    const host = await hostWithResolver(
      context,
      "touch /etc/resolv.conf; echo 'nameserver 10.0.0.53' > /run/theirs; mount --bind /run/theirs /etc/resolv.conf",
    );
    const { port } = await serverOn(host);
    const client = startClient(host, port);
    await client.next("ready");
    expect(resolver(host)).toMatch(fromTunnel);
    await client.end("SIGTERM");
    expect(resolver(host)).toBe("nameserver 10.0.0.53\n");
  });

  it("puts it back at the next start when it was killed", async (context) => {
    const host = await hostWithResolver(context);
    const { port } = await serverOn(host);
    const killed = startClient(host, port);
    await killed.next("ready");
    await killed.end("SIGKILL");
    expect(resolver(host)).toMatch(fromTunnel);
    const next = startClient(host, port, ["--dns", "none"]);
    expect(await next.next("cleaned up")).toMatchObject({ note: expect.stringContaining("resolver-file") as string });
    await next.next("ready");
    expect(resolver(host)).toBe("nameserver 10.0.0.53\n");
    await next.end("SIGTERM");
    expect(host.run("ls -A /run/4over6-lab-kit 2>/dev/null || true")).not.toContain("client");
  });

  it("leaves alone what somebody else has written meanwhile", async (context) => {
    const host = await hostWithResolver(context);
    const { port } = await serverOn(host);
    const client = startClient(host, port);
    await client.next("ready");
    host.run("echo 'nameserver 10.0.0.99' > /etc/resolv.conf");
    await client.end("SIGTERM");
    expect(resolver(host)).toBe("nameserver 10.0.0.99\n");
  });

  it("leaves the file to the client that was first", async (context) => {
    const host = await hostWithResolver(context);
    const { port } = await serverOn(host);
    const first = startClient(host, port, ["--tun-name", "t1"]);
    await first.next("ready");
    const other = await serverOn(host, "[::1]:0", "192.0.2.99");
    const second = startClient(host, other.port, ["--tun-name", "t2", "--route", "none"]);
    await second.next("ready");
    await first.end("SIGTERM");
    expect(resolver(host)).toBe("nameserver 10.0.0.53\n");
    await second.end("SIGTERM");
    expect(resolver(host)).toBe("nameserver 10.0.0.53\n");
  });

  it("asks systemd-resolved where that answers for the host", async (context) => {
    const host = await hostWithResolver(context, "echo 'nameserver 127.0.0.53' > /etc/resolv.conf");
    const resolvectl = 'echo "$@" >> /run/asked';
    host.run(`mount -t tmpfs none /usr/local/sbin
      printf '#!/bin/sh\\n%s\\n' '${resolvectl}' > /usr/local/sbin/resolvectl; chmod +x /usr/local/sbin/resolvectl`);
    const { port } = await serverOn(host);
    const client = startClient(host, port);
    expect(await client.next("dns")).toMatchObject({ note: "192.0.2.53, 192.0.2.54, by way of systemd-resolved" });
    await client.end("SIGTERM");
    expect(host.run("cat /run/asked")).toBe(`dns ${device} 192.0.2.53 192.0.2.54\ndomain ${device} ~.\nrevert ${device}\n`);
    expect(resolver(host)).toBe("nameserver 127.0.0.53\n");
  });

  it("only warns where the file cannot be changed", async (context) => {
    const host = await hostWithResolver(context, "true");
    const { port } = await serverOn(host);
    const client = startClient(host, port);
    await client.next("ready");
    expect(await ping(host, "198.51.100.2")).toBe("answered");
    const { stdout } = await client.end("SIGTERM");
    expect(stdout).toMatch(/"level":"warn".*\/etc\/resolv\.conf cannot be changed \(ENOENT\)/);
  });
});
