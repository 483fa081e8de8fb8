import type { Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { readCapture } from "#checks/harness/capture/pcap-file.ts";
import { hasReference } from "#launch/implementation.mjs";
import { portThatIsSilent, serverThat } from "./client-scripted-server.ts";
import { type KitProcessOptions, startKitProgram } from "./kit-process.ts";
import { pingFields } from "./server-packets.ts";
import { message } from "./server-peer.ts";
import { portOf, startServer } from "./server-process.ts";

const grant = message(101, Buffer.from("13.8.0.2 0.0.0.0 8.8.8.8 8.8.8.8 8.8.8.8"));

const startClient = (port: number, args: readonly string[] = [], options: KitProcessOptions = {}) =>
  startKitProgram("client", ["--server", `[::1]:${port}`, "--link", "memory", ...args], options);

const memoryServer = (...args: readonly string[]) => startServer(["--listen", "[::1]:0", "--link", "memory", "--dns", "8.8.8.8", ...args]);

describe.skipIf(!hasReference)("npm run client", () => {
  it("pings through the server, and says what the program ping would", async () => {
    const port = await portOf(memoryServer());
    const file = join(await temporaryFolder(), "client.pcap");
    const { code, stdout, stderr } = await startClient(port, ["--ping", "198.51.100.2", "--count", "2", "--pcap", file]).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^PING 198\.51\.100\.2 from 13\.8\.0\.2 through the tunnel, 84 bytes\n/);
    expect(stdout).toMatch(/\n84 bytes from 198\.51\.100\.2: icmp_seq=1 time=[\d.]+ ms\n84 bytes from .*icmp_seq=2 /);
    expect(stdout).toMatch(/\n2 packets transmitted, 2 received, 0% packet loss\nrtt min\/avg\/max = [\d./]+ ms\n$/);
    const { linkType, packets } = await readCapture(file);
    expect(linkType).toBe("raw-ip");
    expect(
      packets.map(({ bytes }) => pingFields(Buffer.from(bytes))).map(({ type, sequence, intact }) => [type, sequence, intact]),
    ).toEqual([
      [8, 1, true],
      [0, 1, true],
      [8, 2, true],
      [0, 2, true],
    ]);
  });

  it("asks first, in five bytes, and tells what it got", async () => {
    const asked: string[] = [];
    const port = await serverThat((socket, first) => {
      asked.push(first.toString("hex"));
      socket.write(grant);
    });
    const client = startClient(port, ["--log-level", "trace"]);
    expect(await client.next("connecting")).toMatchObject({ server: `[::1]:${port}`, link: "memory" });
    expect(await client.next("connected")).toMatchObject({ server: `[::1]:${port}` });
    expect(await client.next("sent")).toMatchObject({ level: "trace", type: 100 });
    expect(await client.next("received")).toMatchObject({ type: 101 });
    expect(await client.next("address granted")).toMatchObject({
      address: "13.8.0.2",
      route: "0.0.0.0",
      dns: ["8.8.8.8", "8.8.8.8", "8.8.8.8"],
    });
    await client.next("ready");
    const { code } = await client.end("SIGTERM");
    expect(code).toBe(0);
    expect(asked).toEqual(["0500000064"]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends well on %s", async (signal) => {
    const client = startClient(await serverThat((socket) => socket.write(grant)));
    await client.next("ready");
    const { code, stderr, stdout } = await client.end(signal);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain('"msg":"stopped"');
  });

  it("ends on a signal also while it waits for a connection", async (context) => {
    if (process.platform !== "linux") context.skip("other systems refuse what does not fit the queue of a listener");
    const client = startClient(await portThatIsSilent(), ["--timeout", "3600"]);
    await client.next("connecting");
    const { code, stderr, stdout } = await client.end("SIGINT");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain('"msg":"stopped"');
  });

  it.each(["0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255"])("does not take %s, which no host can have", async (address) => {
    const port = await serverThat((socket) => socket.write(message(101, Buffer.from(`${address} 0.0.0.0 8.8.8.8 8.8.8.8 8.8.8.8`))));
    const { code, stderr } = await startClient(port).ended;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `[::1]:${port} lends ${address}, which no host can have; its pool must be another network.\n`,
    });
  });

  it("says when all addresses are lent", async () => {
    const port = await portOf(memoryServer("--pool", "13.8.0.0/30"));
    const first = startClient(port);
    await first.next("ready");
    const { code, stderr } = await startClient(port).ended;
    expect({ code, stderr: stderr.trim() }).toEqual({
      code: 1,
      stderr: `[::1]:${port} closed the connection without an answer to the address request: all its addresses are lent, or it is stopping. Try again later, or give the server a larger pool.`,
    });
  });

  it("says when the server goes", async () => {
    const server = memoryServer();
    const client = startClient(await portOf(server));
    await client.next("ready");
    await server.end("SIGTERM");
    const { code, stderr } = await client.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/closed the connection; connect again when it runs\.\n$/);
  });

  it.each([
    ["nothing", () => {}, /did not answer the address request within 1 s/],
    ["a web server's answer", (socket: Socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"), /it says "HTTP\/1\.1 400 Bad Request"/],
    [
      "a big-endian length",
      (socket: Socket) => socket.write(Buffer.concat([Buffer.from("0000002d65", "hex"), grant.subarray(5)])),
      /big-endian/,
    ],
    ["a heartbeat alone", (socket: Socket) => socket.write(message(104)), /did not answer .* 05 00 00 00 68/],
    ["the end", (socket: Socket) => socket.end(), /without an answer/],
    ["a reset", (socket: Socket) => socket.resetAndDestroy(), /without an answer/],
    [
      "frames of 4104 bytes",
      (socket: Socket) => socket.write(Buffer.concat([grant, Buffer.alloc(4104 - grant.length)])),
      /another dialect .* 4104 bytes/,
    ],
  ])("gets %s and says so, in one go", async (_name, act, sentence) => {
    const client = startClient(await serverThat(act), ["--timeout", "1", "--log-level", "silent"]);
    const { code, stdout, stderr } = await client.ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("says when nobody listens, and when the address is none", async () => {
    const nobody = startKitProgram("client", ["--server", "[::1]:1", "--link", "memory"]);
    expect(await nobody.ended).toMatchObject({ code: 1, stderr: expect.stringContaining("Nobody listens at [::1]:1") as string });
    const wrong = startKitProgram("client", ["--server", "127.0.0.1:5678"]);
    expect(await wrong.ended).toMatchObject({ code: 2, stderr: expect.stringContaining("this is an IPv4 address") as string });
    const help = await startKitProgram("client", ["--help"]).ended;
    expect(help).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("--server ADDRESS") as string });
  });

  it("says that pings were not answered", async () => {
    const port = await serverThat((socket) => socket.write(grant));
    const { code, stdout, stderr } = await startClient(port, ["--ping", "198.51.100.2", "--count", "1"]).ended;
    expect(code).toBe(1);
    expect(stdout).toContain("1 packets transmitted, 0 received, 100% packet loss");
    expect(stderr).toContain("198.51.100.2 answered none of 1 ping.");
  });
});
