import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { labsWith } from "./server-labs.ts";
import { ownHost } from "./server-network.ts";
import { portOf, serverEnding, startServer } from "./server-process.ts";

const listen = ["--listen", "[::1]:0"];

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
