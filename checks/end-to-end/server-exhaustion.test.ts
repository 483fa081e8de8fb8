import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, type TestContext } from "vitest";
import { works } from "#checks/devices/ordinary-user.ts";
import { parseCapture } from "#checks/harness/capture/pcap-file.ts";
import { hasReference } from "#launch/implementation.mjs";
import type { KitProcess } from "./kit-process.ts";
import { connectPeer } from "./server-connect.ts";
import { ownHost } from "./server-network.ts";
import { pingFields, pingPacket } from "./server-packets.ts";
import { askForAddress, message, type Peer } from "./server-peer.ts";
import { portOf, serverEnding, startServer } from "./server-process.ts";

const inMemory = ["--link", "memory", "--listen", "[::1]:0"];

/** The server has room for so many more descriptors, and for no more. */
const room = 8;

/** Lowers the limit of the running server. Skips the test, with the reason, where that cannot be done. */
function leaveRoom(server: KitProcess, context: TestContext): void {
  const id = String(server.process.pid);
  if (process.platform !== "linux") context.skip("only Linux lets one process change the limits of another");
  const inUse = new Set(readdirSync(`/proc/${id}/fd`).map(Number));
  // The limit is one of numbers, and the lowest free one is taken.
  let limit = 0;
  for (let free = 0; free < room; limit++) if (!inUse.has(limit)) free++;
  if (spawnSync("prlimit", ["--pid", id, `--nofile=${limit}:`]).status !== 0)
    context.skip("the program prlimit is missing, or may not do this");
}

/** Whether the server carries this client's packets. */
async function expectServed(peer: Peer, address: string, sequence: number): Promise<void> {
  peer.send(message(102, pingPacket({ from: address, to: "198.51.100.2", sequence })));
  const { type, data } = await peer.next();
  expect({ ...pingFields(data), type }).toMatchObject({ type: 103, to: address, sequence, intact: true });
}

describe.skipIf(!hasReference)("a server without file descriptors", () => {
  it("serves those who are there, says it once, and takes new ones again", async (context) => {
    const server = startServer(inMemory);
    const port = await portOf(server);
    const user = await connectPeer(port);
    const address = await askForAddress(user);
    leaveRoom(server, context);

    const crowd = await Promise.all(Array.from({ length: 4 * room }, () => connectPeer(port)));
    expect(await server.next("not accepted")).toMatchObject({
      level: "warn",
      count: 1,
      note: expect.stringContaining("No file descriptor is left") as string,
    });
    await expectServed(user, address, 1);
    for (let guest = 0; guest < 10; guest++) await (await connectPeer(port)).closed;
    await expectServed(user, address, 2);

    for (const guest of crowd) guest.socket.destroy();
    // The server hears of the ends in its own time, and until then it closes who comes.
    let newcomer: string | undefined;
    while (newcomer === undefined) newcomer = await askForAddress(await connectPeer(port)).catch(() => undefined);
    expect(newcomer).toBe("13.8.0.3");
    await expectServed(user, address, 3);
    const { stdout } = await serverEnding(["--status", "--listen", `[::1]:${port}`]);
    expect(stdout).toContain("not accepted 1\n");
    expect(server.lines().filter(({ msg }) => msg === "not accepted")).toHaveLength(1);
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
  });

  it("undoes what it set up on the host all the same", async (context) => {
    const host = await ownHost(context);
    const before = host.settings();
    const server = startServer(["--listen", "[::1]:0"], host);
    const port = await portOf(server);
    leaveRoom(server, context);
    const [enter = "", ...rest] = host.within;
    const connectMany = `for (let count = 0; count < ${4 * room}; count++) require("net").connect(${port}, "::1").on("error", () => {})`;
    const crowd = spawn(enter, [...rest, process.execPath, "--eval", connectMany], { stdio: "ignore" });
    onTestFinished(async () => {
      crowd.kill("SIGKILL");
      if (crowd.exitCode === null && crowd.signalCode === null) await once(crowd, "close");
    });
    await server.next("not accepted");
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
    expect(host.settings()).toBe(before);
  });
});

describe.skipIf(!hasReference)("a server whose disk is full", () => {
  const smallDisk = [
    "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "sh",
    "-c",
    'mount -t tmpfs -o size=64k none /mnt && exec "$@"',
    "sh",
  ];

  it("goes on without the recording, says so once, and leaves a whole file", async ({ skip }) => {
    if (process.platform !== "linux" || !works([...smallDisk, "true"]))
      skip("this computer lets nobody mount a small disk of its own (unshare)");
    const server = startServer([...inMemory, "--pcap", "/mnt/capture.pcap"], { within: smallDisk });
    const user = await connectPeer(await portOf(server));
    const address = await askForAddress(user);
    await expectServed(user, address, 1);
    const data = Buffer.alloc(1000);
    const large = message(102, pingPacket({ from: address, to: "198.51.100.2", data }));
    for (let count = 0; count < 200; count++) user.send(large);
    for (let count = 0; count < 200; count++) expect((await user.next()).data).toHaveLength(data.length + 28);
    expect(await server.next("recording")).toMatchObject({
      level: "warn",
      note: "Recording to /mnt/capture.pcap has ended (the disk is full); traffic goes on without it.",
    });
    await expectServed(user, address, 7);
    const { packets } = parseCapture(readFileSync(`/proc/${server.process.pid}/root/mnt/capture.pcap`), "capture.pcap");
    expect(packets.length).toBeGreaterThan(0);
    expect(server.lines().filter(({ msg }) => msg === "recording")).toHaveLength(1);
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe.skipIf(!hasReference)("a server whose device is deleted", () => {
  it("closes its clients, undoes the rest, says why, and ends with exit code 1", async (context) => {
    const host = await ownHost(context);
    const before = host.settings();
    const server = startServer(["--listen", "[::1]:0"], host);
    const port = await portOf(server);
    const [enter = "", ...rest] = host.within;
    const client = spawn(enter, [...rest, process.execPath, "--eval", `require("net").connect(${port}, "::1").resume()`], {
      stdio: "ignore",
    });
    const clientEnded = once(client, "close");
    onTestFinished(() => void client.kill("SIGKILL"));
    await server.next("connected");
    host.run("ip link delete 4over6");
    expect(await server.next("device lost")).toMatchObject({
      level: "error",
      note: expect.stringContaining("4over6 was deleted") as string,
    });
    expect(await server.next("closed")).toMatchObject({ reason: "server-stopped" });
    expect(await server.ended).toMatchObject({ code: 1, stderr: "" });
    await clientEnded;
    expect(host.settings()).toBe(before);
  });
});
