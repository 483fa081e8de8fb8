import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { readCapture } from "#checks/harness/capture/pcap-file.ts";
import { describeArp } from "#kit/describe.ts";
import { arpMessage } from "#lab-1/arp-message.ts";
import { ethernetFrame } from "#lab-1/ethernet-frame.ts";
import { hasReference } from "#launch/implementation.mjs";
import { ownHost } from "./server-network.ts";
import { portOf, startServer } from "./server-process.ts";

const tap = ["--link", "tap", "--listen", "[::1]:0"];
const ourMac = "02:00:0a:04:06:02";

/** The frames of a recording, read by lab 1. */
async function framesOf(file: string) {
  const { linkType, packets } = await readCapture(file);
  expect(linkType).toBe("ethernet");
  return packets.map(({ bytes }) => {
    const frame = ethernetFrame.parse(bytes);
    if (!frame.ok) throw new Error(`A frame of the recording was refused: ${frame.error.reason}.`);
    return frame.value;
  });
}

describe.skipIf(!hasReference)("the server on Ethernet", () => {
  it("routes the pool through lab 5's interface, and says so", async (context) => {
    const host = await ownHost(context);
    const server = startServer([...tap, "--pool", "10.9.0.0/16", "--link-network", "10.7.0.0/24", "--mtu", "1400"], host);
    expect(await server.next("device")).toMatchObject({
      name: "4over6",
      address: "10.9.0.1",
      gateway: "10.7.0.1",
      interface: "10.7.0.2",
      mtu: 1400,
    });
    const port = await portOf(server);
    expect(host.run("ip -o link show 4over6")).toMatch(/[<,]UP[,>].* mtu 1400 .*link\/ether/);
    expect(host.run("ip -o -4 address show dev 4over6")).toMatch(/inet 10\.7\.0\.1\/24 .*\n.*inet 10\.9\.0\.1\/32 /);
    expect(host.run("ip route show 10.9.0.0/16")).toBe("10.9.0.0/16 via 10.7.0.2 dev 4over6 \n");
    expect(host.ping(port, "10.9.0.1")).toMatchObject({ from: "10.9.0.1", to: "10.9.0.2", type: 0, intact: true });
    expect(host.ping(port, "10.7.0.1")).toMatchObject({ from: "10.7.0.1", type: 0, intact: true });
    expect(host.run("ip neigh show dev 4over6")).toContain("10.7.0.2 lladdr 02:00:0a:07:00:02");
  });

  it("finds the kernel by ARP, once, and records it", async (context) => {
    const host = await ownHost(context);
    const file = join(await temporaryFolder(), "frames.pcap");
    const server = startServer([...tap, "--pcap", file], host);
    const port = await portOf(server);
    expect(host.ping(port, "13.8.0.1")).toMatchObject({ from: "13.8.0.1", to: "13.8.0.2", intact: true });
    expect(host.ping(port, "13.8.0.1")).toMatchObject({ from: "13.8.0.1", intact: true });
    const kernelMac = /link\/ether (\S+)/.exec(host.run("ip -o link show 4over6"))?.[1];
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });

    const frames = await framesOf(file);
    const words = frames.flatMap(({ etherType, payload }) => {
      const message = etherType === 0x0806 ? arpMessage.parse(payload) : undefined;
      return message?.ok === true ? [describeArp(message.value)] : [];
    });
    expect(words.slice(0, 2)).toEqual(["ARP who-has 10.4.6.1 tell 10.4.6.2", `ARP 10.4.6.1 is-at ${kernelMac}`]);
    expect(words.filter((each) => each === words[0])).toHaveLength(1);
    const packets = frames.filter(({ etherType }) => etherType === 0x0800);
    expect(packets.map(({ source, destination }) => `${source} > ${destination}`)).toEqual(
      [1, 2].flatMap(() => [`${ourMac} > ${kernelMac}`, `${kernelMac} > ${ourMac}`]),
    );
  });

  it.for(["SIGINT", "SIGTERM", "SIGKILL"] as const)("leaves nothing behind after %s", async (signal, context) => {
    const host = await ownHost(context);
    const before = host.settings();
    const server = startServer(tap, host);
    await server.next("listening");
    expect(host.settings()).not.toBe(before);
    await server.end(signal);
    if (signal === "SIGKILL") {
      const second = startServer([...tap, "--tun-name", "second"], host);
      await second.next("cleaned up");
      await second.next("listening");
      await second.end("SIGTERM");
    }
    expect(host.settings()).toBe(before);
  });

  it("ends, undoes everything and says why when its device is deleted", async (context) => {
    const host = await ownHost(context);
    const before = host.settings();
    const server = startServer(tap, host);
    await server.next("listening");
    host.run("ip link delete 4over6");
    expect(await server.next("device lost")).toMatchObject({ level: "error", note: expect.stringContaining("deleted") as string });
    expect(await server.ended).toMatchObject({ code: 1 });
    expect(host.settings()).toBe(before);
  });
});

describe.skipIf(!hasReference)("a TAP device that was there before", () => {
  const make = "ip tuntap add dev kept mode tap; ip link set kept mtu 1300; ip address add 10.1.2.3/24 brd + dev kept";
  const kept = [...tap, "--tun-name", "kept"];

  it("is used, and gets back its settings", async (context) => {
    const host = await ownHost(context);
    host.run(make);
    const before = host.settings();
    const server = startServer(kept, host);
    expect(await server.next("device")).toMatchObject({ name: "kept", note: expect.stringContaining("come back") as string });
    expect(host.ping(await portOf(server), "13.8.0.1")).toMatchObject({ from: "13.8.0.1", to: "13.8.0.2" });
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
    expect(host.settings()).toBe(before);
  });

  it("gets them back at the next start after kill -9", async (context) => {
    const host = await ownHost(context);
    host.run(make);
    const before = host.settings();
    const first = startServer(kept, host);
    await first.next("listening");
    await first.end("SIGKILL");
    const second = startServer([...tap, "--pool", "10.9.0.0/24"], host);
    await second.next("cleaned up");
    await second.next("listening");
    await second.end("SIGTERM");
    expect(host.settings()).toBe(before);
  });

  it("is left alone when it is as needed, whoever has made it so", async (context) => {
    const host = await ownHost(context);
    host.run(`ip tuntap add dev kept mode tap; ip address add 10.4.6.1/30 dev kept; ip address add 13.8.0.1/32 dev kept; ip link set kept up
      ip route add 13.8.0.0/24 via 10.4.6.2`);
    const before = host.settings();
    const server = startServer(kept, host);
    expect(await server.next("device")).toMatchObject({ note: "was there, set up as needed" });
    expect(host.ping(await portOf(server), "13.8.0.1")).toMatchObject({ from: "13.8.0.1", to: "13.8.0.2" });
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
    expect(host.settings().replaceAll("NO-CARRIER,", "")).toBe(before.replaceAll("NO-CARRIER,", ""));
  });
});
