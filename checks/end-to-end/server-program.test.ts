import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { connectPeer } from "./server-connect.ts";
import { pingFields, pingPacket } from "./server-packets.ts";
import { askForAddress, message } from "./server-peer.ts";
import { portOf, serverEnding, startServer } from "./server-process.ts";

function isThere(process: number): boolean {
  return spawnSync("kill", ["-0", String(process)]).status === 0;
}

const inMemory = ["--link", "memory", "--listen", "[::1]:0"];

describe("the server over an in-memory link", () => {
  it("says what it found and where it listens", async () => {
    const server = startServer([...inMemory, "--dns", "9.9.9.9,1.1.1.1"]);
    expect(await server.next("dns")).toMatchObject({ servers: ["9.9.9.9", "1.1.1.1", "9.9.9.9"] });
    expect(await server.next("listening")).toMatchObject({
      level: "info",
      address: expect.stringMatching(/^\[::1\]:\d+$/) as string,
      pool: "13.8.0.0/24",
      link: "memory",
      note: expect.stringContaining("Ctrl+C") as string,
    });
  });

  it("lends an address, and tells of it", async () => {
    const server = startServer([...inMemory, "--dns", "9.9.9.9"]);
    const peer = await connectPeer(await portOf(server));
    const from = `[::1]:${peer.socket.localPort}`;
    expect(await server.next("connected")).toMatchObject({ session: 1, peer: from });
    peer.send(message(100));
    expect(await peer.next()).toEqual({ type: 101, data: Buffer.from("13.8.0.2 0.0.0.0 9.9.9.9 9.9.9.9 9.9.9.9") });
    expect(await server.next("address lent")).toMatchObject({ session: 1, peer: from, address: "13.8.0.2" });
    peer.send(message(104));
    peer.send(message(100));
    expect(await peer.next()).toMatchObject({ type: 101 });
    peer.socket.end();
    expect(await server.next("closed")).toMatchObject({ session: 1, address: "13.8.0.2", reason: "disconnected" });
    expect(server.lines().filter(({ msg }) => msg === "address lent")).toHaveLength(1);
  });

  it("ends also when its log is not read, and has cleaned up then", async () => {
    const server = startServer(inMemory);
    const port = await portOf(server);
    server.process.stdout?.pause();
    // More than pipes hold: two lines each.
    for (let round = 0; round < 40; round++) {
      const peers = await Promise.all(Array.from({ length: 50 }, () => connectPeer(port)));
      for (const { socket } of peers) socket.resetAndDestroy();
    }
    const exit = once(server.process, "exit");
    server.process.kill("SIGTERM");
    expect(await exit).toEqual([null, "SIGKILL"]);
    server.process.stdout?.resume();
    await server.ended;
    expect((await serverEnding(["--status", "--listen", `[::1]:${port}`])).stderr).toMatch(/^No server of yours listens on/);
  });

  it("carries a ping there and back, and counts it", async () => {
    const server = startServer(inMemory);
    const peer = await connectPeer(await portOf(server));
    const address = await askForAddress(peer);
    const ping = pingPacket({ from: address, to: "198.51.100.2", sequence: 7 });
    peer.send(message(102, ping));
    const { type, data } = await peer.next();
    expect(type).toBe(103);
    expect(pingFields(data)).toEqual({
      from: "198.51.100.2",
      to: address,
      type: 0,
      sequence: 7,
      data: "abcdefgh",
      intact: true,
    });
    peer.socket.end();
    const traffic = { packets: 1, bytes: ping.length };
    expect(await server.next("closed")).toMatchObject({ fromClient: traffic, toClient: traffic });
  });

  it("passes packets from one client to another", async () => {
    const server = startServer(inMemory);
    const port = await portOf(server);
    const [alice, bob] = [await connectPeer(port), await connectPeer(port)];
    const [from, to] = [await askForAddress(alice), await askForAddress(bob)];
    alice.send(message(102, pingPacket({ from, to })));
    const { type, data } = await bob.next();
    expect(type).toBe(103);
    expect(pingFields(data)).toMatchObject({ from, to, type: 8, intact: true });
  });

  it("takes messages in any pieces", async () => {
    const server = startServer(inMemory);
    const peer = await connectPeer(await portOf(server));
    const bytes = Buffer.concat([
      message(100),
      message(102, pingPacket({ from: "13.8.0.2", to: "198.51.100.2", sequence: 1 })),
      message(104),
      message(102, pingPacket({ from: "13.8.0.2", to: "198.51.100.2", sequence: 2 })),
    ]);
    for (const byte of bytes) peer.send(Uint8Array.of(byte));
    expect([(await peer.next()).type, (await peer.next()).type, (await peer.next()).type]).toEqual([101, 103, 103]);
  });

  it("tells a client nothing when the pool is empty, and lends again what comes back", async () => {
    const server = startServer([...inMemory, "--pool", "10.9.0.0/30"]);
    const port = await portOf(server);
    const first = await connectPeer(port);
    expect(await askForAddress(first)).toBe("10.9.0.2");
    const second = await connectPeer(port);
    second.send(message(100));
    await expect(second.next()).rejects.toThrow("ended after 0 bytes");
    expect(await server.next("closed")).toMatchObject({ level: "warn", session: 2, reason: "pool-exhausted" });
    first.socket.resetAndDestroy();
    expect(await server.next("closed")).toMatchObject({ session: 1, address: "10.9.0.2", reason: "disconnected" });
    expect(await askForAddress(await connectPeer(port))).toBe("10.9.0.2");
  });

  it("drops what a client may not send, tells of it in one line, and serves the others", async () => {
    const server = startServer(inMemory);
    const port = await portOf(server);
    const [bad, good] = [await connectPeer(port), await connectPeer(port)];
    await askForAddress(bad);
    const address = await askForAddress(good);
    const spoofed = message(102, pingPacket({ from: address, to: "198.51.100.2" }));
    bad.send(Buffer.concat(Array.from({ length: 500 }, () => spoofed)));
    bad.send(message(102, Buffer.alloc(40)));
    good.send(message(102, pingPacket({ from: address, to: "198.51.100.2", sequence: 3 })));
    expect(pingFields((await good.next()).data)).toMatchObject({ to: address, sequence: 3 });
    expect(await server.next("dropped")).toMatchObject({ level: "warn", "spoofed-source": expect.any(Number) as number });
    bad.socket.end();
    expect(await server.next("closed")).toMatchObject({ session: 1, losses: 501, fromClient: { packets: 0, bytes: 0 } });
    expect(server.lines().filter(({ msg }) => msg === "dropped")).toHaveLength(1);
  });

  it.for([
    { bytes: "00 00 00 05 64", says: "big-endian" },
    { bytes: "08 10 00 00 64", says: "sizeof" },
    { bytes: "47 45 54 20 2f 20 48 54 54 50", says: "HTTP" },
  ])("names what a client speaks instead of 4over6: $says", async ({ bytes, says }) => {
    const server = startServer(inMemory);
    const peer = await connectPeer(await portOf(server));
    peer.send(Buffer.from(bytes.replaceAll(" ", ""), "hex"));
    await peer.closed;
    expect(await server.next("closed")).toMatchObject({
      level: "warn",
      reason: "bad-message",
      looksLike: expect.stringContaining(says) as string,
    });
  });

  it("lets a slow client lose its own packets only", async () => {
    const server = startServer(inMemory);
    const port = await portOf(server);
    const [slow, other] = [await connectPeer(port), await connectPeer(port)];
    await askForAddress(slow);
    const address = await askForAddress(other);
    slow.socket.pause();
    const large = message(102, pingPacket({ from: "13.8.0.2", to: "198.51.100.2", data: Buffer.alloc(1400) }));
    const written = new Promise<void>((resolve) =>
      slow.socket.write(Buffer.concat(Array.from({ length: 20_000 }, () => large)), () => resolve()),
    );
    const lost = await server.next("dropped");
    expect(lost).toMatchObject({ "slow-client": expect.any(Number) as number });
    await written;
    other.send(message(102, pingPacket({ from: address, to: "198.51.100.2", sequence: 5 })));
    expect(pingFields((await other.next()).data)).toMatchObject({ to: address, sequence: 5, intact: true });
  });

  it("waits for nobody who stops in the middle of a message", async () => {
    const server = startServer(inMemory);
    const port = await portOf(server);
    const [stalled, other] = [await connectPeer(port), await connectPeer(port)];
    await askForAddress(stalled);
    const ping = message(102, pingPacket({ from: "13.8.0.2", to: "198.51.100.2" }));
    stalled.send(ping.subarray(0, 9));
    await askForAddress(other);
    stalled.send(ping.subarray(9));
    expect((await stalled.next()).type).toBe(103);
  });

  it("closes at once what is over the limit of clients, and says so", async () => {
    const server = startServer([...inMemory, "--max-clients", "1"]);
    const port = await portOf(server);
    const first = await connectPeer(port);
    const address = await askForAddress(first);
    const second = await connectPeer(port);
    await second.closed;
    expect(await server.next("not accepted")).toMatchObject({ count: 1, note: expect.stringContaining("the limit") as string });
    first.send(message(102, pingPacket({ from: address, to: "198.51.100.2" })));
    expect((await first.next()).type).toBe(103);
  });

  it("records the device's packets", async ({ skip }) => {
    if (process.platform === "win32") skip("Windows has no signal that lets a program end by itself");
    const folder = await temporaryFolder();
    const server = startServer([...inMemory, "--pcap", "packets.pcap"], { cwd: folder });
    const peer = await connectPeer(await portOf(server));
    const address = await askForAddress(peer);
    const ping = pingPacket({ from: address, to: "198.51.100.2" });
    peer.send(message(102, ping));
    const { data: answer } = await peer.next();
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
    const capture = await readFile(join(folder, "packets.pcap"));
    expect(capture.length).toBe(24 + 2 * 16 + ping.length + answer.length);
    expect(capture.subarray(40, 40 + ping.length)).toEqual(ping);
    expect(capture.subarray(-answer.length)).toEqual(answer);
  });

  it.for(["SIGTERM", "SIGINT", "SIGHUP"] as const)("ends cleanly on %s", async (signal, { skip }) => {
    if (process.platform === "win32") skip("Windows has no signal that lets a program end by itself");
    const server = startServer(inMemory);
    const peer = await connectPeer(await portOf(server));
    await askForAddress(peer);
    expect(await server.end(signal)).toMatchObject({ code: 0, signal: null, stderr: "" });
    await peer.closed;
    expect(server.lines().map(({ msg }) => msg)).toEqual([
      "dns",
      "listening",
      "connected",
      "address lent",
      "stopping",
      "closed",
      "stopped",
    ]);
    expect(server.lines().at(-2)).toMatchObject({ reason: "server-stopped" });
  });

  it("ends when npm, which started it, is killed", async ({ skip }) => {
    if (process.platform === "win32") skip("Windows has no signal that lets a program end by itself");
    // A shell stands between the two, as with npm. It says its number, so that it can be killed.
    const shell = ["sh", "-c", '"$@" & echo "{\\"msg\\": \\"shell\\", \\"program\\": $!}"; wait', "sh"];
    const server = startServer(inMemory, { within: shell, env: { npm_lifecycle_event: "server" } });
    const { program } = await server.next("shell");
    onTestFinished(() => void (isThere(Number(program)) && process.kill(Number(program), "SIGKILL")));
    await server.next("listening");
    server.process.kill("SIGKILL");
    expect(await server.next("stopping")).toMatchObject({ reason: "SIGTERM" });
    await server.next("stopped");
  });

  it("can be started again at once on the same port", async () => {
    const first = startServer(inMemory);
    const port = await portOf(first);
    await askForAddress(await connectPeer(port));
    await first.end("SIGTERM");
    const second = startServer(["--link", "memory", "--listen", `[::1]:${port}`]);
    expect(await portOf(second)).toBe(port);
  });

  it("says that the port is in use", async () => {
    const port = await portOf(startServer(inMemory));
    expect(await serverEnding(["--link", "memory", "--listen", `[::1]:${port}`])).toMatchObject({
      code: 1,
      stderr: `[::1]:${port} is in use by another program; stop it, or listen on another port.\n`,
    });
  });

  it("goes on when nobody reads its log any more", async ({ skip }) => {
    if (process.platform === "win32") skip("Windows has no signal that lets a program end by itself");
    const server = startServer(inMemory);
    const port = await portOf(server);
    server.process.stdout?.destroy();
    expect(await askForAddress(await connectPeer(port))).toBe("13.8.0.2");
    expect(await askForAddress(await connectPeer(port))).toBe("13.8.0.3");
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
  });
});
