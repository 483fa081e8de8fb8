import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, type TestContext } from "vitest";
import { inOwnNetwork } from "#checks/devices/namespace.ts";
import { ordinaryUser, works } from "#checks/devices/ordinary-user.ts";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { readCapture } from "#checks/harness/capture/pcap-file.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { createMark, hostTraces } from "./demo-traces.ts";
import { type Ending, startKitProgram } from "./kit-process.ts";
import { labsWith } from "./server-labs.ts";

const proofs = [
  "ok  the client borrowed the IPv4 address 13.8.0.2 over IPv6 (it had no way",
  "ok  3 of 3 pings were answered through the tunnel",
  "ok  the page of",
  "packets left the tunnel as they had entered it, byte for byte",
];

/** Skips the test, with the reason, where the demo takes the memory link. */
function needNamespaces(context: TestContext): void {
  inOwnNetwork(context);
  if (!works(["ip", "-Version"])) context.skip("the program ip is missing, which makes the demo's cables");
  if (!works(["unshare", "--user", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child", "true"]))
    context.skip("this computer's unshare makes no process namespaces");
}

function expectProven({ code, stdout, stderr }: Ending): void {
  expect({ code, stderr, stdout: code === 0 ? "" : stdout }).toEqual({ code: 0, stderr: "", stdout: "" });
  for (const proof of proofs) expect(stdout).toContain(proof);
  expect(stdout).not.toMatch(/\bNO {2}/);
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("Nothing is left of it: networks and processes are gone.");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).not.toContain("\u001b");
}

const isIpv4 = ({ bytes: [first = 0] }: { bytes: Uint8Array }) => first >> 4 === 4;

let before: readonly string[] = [];
beforeAll(() => {
  before = hostTraces();
});

describe.skipIf(!hasReference)("npm run demo in namespaces", () => {
  it("carries pings and a page over real TUN devices, twice at the same time, and leaves nothing", async (context) => {
    needNamespaces(context);
    const mark = createMark();
    const folder = await temporaryFolder();
    const demos = [["--pcap", folder], []].map((words) => startKitProgram("demo", ["--link", "tun", ...words], { env: mark.env }));
    for (const demo of demos) expectProven(await demo.ended);
    const { stdout } = await demos[0]!.ended;
    expect(stdout).toContain("client --> server  100  lend me an IPv4 address");
    expect(stdout).toMatch(/reach the web server: ENETUNREACH\. It has no IPv4/);
    expect(stdout).toMatch(/TCP SYN: may[\s\S]*TCP SYN ACK[\s\S]*GET \/ HTTP\/1\.1[\s\S]*TCP FIN[\s\S]*messages 103 brought the page/);
    expect(stdout).toMatch(/saw 198\.51\.100\.1: (nft|iptables) replaced|Neither nft nor iptables can be used here/);
    expect(mark.processes()).toEqual([]);
    expect(hostTraces()).toEqual(before);

    const [client, server] = await Promise.all(["client", "server"].map((name) => readCapture(join(folder, `${name}.pcap`))));
    expect(client?.linkType).toBe("raw-ip");
    expect(client?.packets.filter(isIpv4).length).toBeGreaterThan(80);
    expect(server?.packets.filter(isIpv4).length).toBeGreaterThan(80);
  });

  it("carries them over Ethernet and lab 5's interface, tells how it found the kernel, and leaves nothing", async (context) => {
    needNamespaces(context);
    const mark = createMark();
    const folder = await temporaryFolder();
    const ending = await startKitProgram("demo", ["--link", "tap", "--pcap", folder], { env: mark.env }).ended;
    expectProven(ending);
    expect(ending.stdout).toMatch(
      /interface --> everybody {2}ARP {3}who has 10\.4\.6\.1\? tell 10\.4\.6\.2\n.*interface <-- kernel {5}ARP {3}10\.4\.6\.1 is at/,
    );
    expect(ending.stdout).toContain("ok  lab 5's interface asked once where its gateway 10.4.6.1 is");
    expect(mark.processes()).toEqual([]);
    expect(hostTraces()).toEqual(before);
    const server = await readCapture(join(folder, "server.pcap"));
    expect(server.linkType).toBe("ethernet");
    expect(server.packets.length).toBeGreaterThan(80);
  });

  it("names lab 5 when it is not done, with Ethernet only", async (context) => {
    needNamespaces(context);
    const from = await labsWith("lab-5", (folder) => {
      for (const { name, text } of skeletonOf("lab-5")) writeFileSync(join(folder, name), text);
    });
    const { code, stdout, stderr } = await startKitProgram("demo", ["--link", "tap", "--from", from]).ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout.replaceAll("\n", " ")).toMatch(/Lab 5 stops the demo: lab-5 .* is not implemented yet; docs\/lab-5-.* explains it/);
    expectProven(await startKitProgram("demo", ["--link", "tun", "--from", from]).ended);
  });

  it("shows what passed the Ethernet link when no answer comes", async (context) => {
    needNamespaces(context);
    const from = await labsWith("lab-5", (folder) => {
      const file = join(folder, "network-interface.ts");
      const head = "send: (packet, nextHop) => {";
      const text = readFileSync(file, "utf8");
      expect(text).toContain(head);
      writeFileSync(file, text.replace(head, "send: (packet) => {\n      const nextHop = packet.destination;"));
    });
    const { code, stdout, stderr } = await startKitProgram("demo", ["--link", "tap", "--from", from]).ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/This is what passed:\n\n.*interface --> everybody {2}ARP {3}who has 198\.51\.100\.2\? tell 10\.4\.6\.2\n/);
    expect(stdout).toMatch(/\nPing 1 was not answered within 2 s\.\n/);
    expect(hostTraces()).toEqual(before);
  });

  it("works without any firewall program: routed, and said so", async (context) => {
    needNamespaces(context);
    const hide = 'mkdir /dev/shm/tools && for t in ip mount unshare; do ln -s "$(command -v $t)" /dev/shm/tools/; done &&';
    const cover = "for d in /usr/sbin /sbin; do mount -t tmpfs none $d; done;";
    const within = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"];
    const script = `${hide} export PATH=/dev/shm/tools:$PATH; cp -L "$(command -v ip)" /dev/shm/ip && rm /dev/shm/tools/ip && mv /dev/shm/ip /dev/shm/tools/ && ${cover} ! command -v nft iptables && exec "$@"`;
    const prepared = [...within, `mount -t tmpfs none /dev/shm && ${script}`, "sh"];
    if (!works([...prepared, "true"])) context.skip("the firewall programs cannot be hidden here");
    const ending = await startKitProgram("demo", ["--link", "tun"], { within: prepared }).ended;
    expectProven(ending);
    expect(ending.stdout).toContain("Neither nft nor iptables can be used here, so there is no NAT");
  });

  it("works for an ordinary user", async (context) => {
    needNamespaces(context);
    const within = ordinaryUser(context);
    const kit = await readableCopy();
    if (!works([...within, "sh", "-c", "[ -c /dev/net/tun ] && : <>/dev/net/tun"])) context.skip("only root may open /dev/net/tun here");
    const mark = createMark();
    expectProven(await startKitProgram("demo", ["--link", "tun"], { within, kit, env: mark.env }).ended);
    expect(mark.processes()).toEqual([]);
    expect(hostTraces()).toEqual(before);
  });

  it.for([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("leaves nothing after %s", async ([signal, code], context) => {
    needNamespaces(context);
    const mark = createMark();
    const demo = startKitProgram("demo", ["--link", "tun"], { env: mark.env });
    await demo.says("its answer");
    expect(mark.processes().length).toBeGreaterThan(4);
    const ending = await demo.end(signal);
    expect(ending).toMatchObject({ code, stderr: "", stdout: expect.stringContaining("Stopped. Nothing is left of the demo.") as string });
    expect(mark.processes()).toEqual([]);
    expect(hostTraces()).toEqual(before);
  });

  it("leaves nothing when it is killed", async (context) => {
    needNamespaces(context);
    const mark = createMark();
    const demo = startKitProgram("demo", ["--link", "tun"], { env: mark.env });
    await demo.says("its answer");
    const held = mark.processes();
    expect(held.length).toBeGreaterThan(4);
    await demo.end("SIGKILL");
    // They hear of it by a pipe that ends, each in its own time. The kernel says when the last one has gone.
    await gone(mark.processes);
    expect(hostTraces()).toEqual(before);
  });
});

/** Waits until there are none: each turn is a program run to its end, so that the others get their turn. */
async function gone(processes: () => readonly string[]): Promise<void> {
  for (let turn = 0; turn < 200 && processes().length > 0; turn++) spawnSync(process.execPath, ["--version"]);
  expect(processes()).toEqual([]);
}

/** A copy of the project that everybody may read, with a cache that everybody may write to. */
async function readableCopy(): Promise<string> {
  const copy = await temporaryFolder();
  chmodSync(copy, 0o755);
  for (const name of ["package.json", "labs", "reference", "fixtures"])
    if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  mkdirSync(join(copy, ".kit"));
  chmodSync(join(copy, ".kit"), 0o777);
  return copy;
}
