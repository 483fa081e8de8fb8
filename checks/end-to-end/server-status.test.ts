import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import { ipv4 } from "#kit/addresses.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { createCounters } from "#server/counters.ts";
import { readServerOptions } from "#server/server-options.ts";
import { askServers, removeDeadSockets } from "#server/status/ask-servers.ts";
import { chooseReport } from "#server/status/show-status.ts";
import { mostUsersTold, parseReport, reportOf, type StatusReport } from "#server/status/status-report.ts";
import { openStatusSocket } from "#server/status/status-socket.ts";
import { duration, short, shortenedPeer, statusTable } from "#server/status/status-table.ts";
import { createUser, type User } from "#server/user.ts";
import { connectPeer } from "./server-connect.ts";
import { ownHost } from "./server-network.ts";
import { pingPacket } from "./server-packets.ts";
import { askForAddress, message } from "./server-peer.ts";
import { portOf, serverEnding, startServer } from "./server-process.ts";

const inMemory = ["--link", "memory", "--listen", "[::1]:0"];

function userWith(number: number, changes: Partial<User> = {}): User {
  const user = createUser(number as SessionId, `[2001:db8::${number.toString(16)}]:51234`, 0);
  return Object.assign(user, { address: ipv4(`13.8.${number >> 8}.${number & 255}`) }, changes);
}

function reportWith(users: readonly User[], listen = "[::]:5678"): StatusReport {
  const server = { address: listen, users: () => users, counters: createCounters };
  return reportOf(server, { pool: { cidr: "13.8.0.0/16" }, link: "tun", maxClients: 1024 }, 7_384_000);
}

describe("the table of a server's users", () => {
  it("shows each user in a line, by address, in 80 columns", () => {
    const busy = userWith(10, {
      fromClient: { packets: 12_345, bytes: 1_234_567 },
      toClient: { packets: 999_999_999, bytes: 4_500_000_000 },
      losses: 7,
      heardAt: 7_384_000 - 12_300,
    });
    const waiting = userWith(3, { address: undefined, peer: "[2001:db8:1234:5678:abcd:ef01:2345:6789]:51234" });
    const lines = statusTable(reportWith([waiting, busy, userWith(9)]), { columns: 80, rows: 24 });
    expect(lines).toEqual([
      `[::]:5678, process ${process.pid}, link tun, pool 13.8.0.0/16, up 2h03m`,
      "connected: 3 of at most 1024; since the start 0, not accepted 0",
      "from clients: 0 packets, 0 bytes; to clients: 0 packets, 0 bytes; drops: 0",
      "",
      "                   from client     to client                 last",
      "address          packets bytes  packets bytes  drops  heard  peer",
      "13.8.0.9               0     0        0     0      0  2h03m  [2001:db8::9]:51234",
      "13.8.0.10          12.3k 1.23M    1.00G 4.50G      7    12s  [2001:db8::a]:51234",
      "none yet               0     0        0     0      0  2h03m  [2001:db8…89]:51234",
    ]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("keeps to the height of the terminal, and says how many more there are", () => {
    const lines = statusTable(reportWith(Array.from({ length: 50 }, (_, index) => userWith(index + 2))), { columns: 80, rows: 12 });
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe("… and 45 more");
  });

  it("shortens nothing for a program that reads it", () => {
    const peer = "[2001:db8:1234:5678:abcd:ef01:2345:6789]:51234";
    const lines = statusTable(reportWith(Array.from({ length: 500 }, (_, index) => userWith(index + 2, { peer }))));
    expect(lines).toHaveLength(506);
    expect(lines.at(-1)).toContain(peer);
  });

  it("has a bound, however many are connected", () => {
    const report = reportWith(Array.from({ length: mostUsersTold + 1 }, (_, index) => userWith(index + 2)));
    expect(report).toMatchObject({ connected: mostUsersTold + 1, users: { length: mostUsersTold } });
    expect(statusTable(report).at(-1)).toBe("… and 1 more");
  });

  it("says that nobody is there", () => {
    expect(statusTable(reportWith([])).at(-1)).toBe("Nobody is connected.");
  });

  it("is made of whole reports only, without a word that could steer the terminal", () => {
    const whole = reportWith([userWith(2), userWith(3, { address: undefined })], "[fe80::1%eth0]:5678");
    expect(parseReport(JSON.stringify(whole))).toEqual(whole);
    expect(parseReport(JSON.stringify({ ...whole, listen: "\x1b[2J" }))).toBeUndefined();
    // Every field that is missing, or is something else.
    for (const [part, put] of [
      [whole, (changed: object) => changed],
      [whole.counters, (counters: object) => ({ ...whole, counters })],
      [whole.users[0], (user: object) => ({ ...whole, users: [user] })],
    ] as const) {
      const unread = ["addressesLent", "closes", "heartbeatsReceived", "heartbeatsSent"];
      for (const field of Object.keys(part ?? {}).filter((each) => !unread.includes(each)))
        for (const value of [undefined, ["1"], "boo\n", { packets: "1" }])
          expect(parseReport(JSON.stringify(put({ ...part, [field]: value }))), `${field}: ${JSON.stringify(value)}`).toBeUndefined();
    }
  });

  it("lets no words of a server steer the terminal", () => {
    expect(statusTable(reportWith([userWith(2, { peer: "\x1b[2Jboo\n" })])).join("")).not.toMatch(/\p{Cc}/u);
  });

  it.for([
    [0, "0"],
    [999, "999"],
    [1000, "1.00k"],
    [99_949, "99.9k"],
    [999_499, "999k"],
    [999_500, "1.00M"],
    [Number.MAX_SAFE_INTEGER, "9.01P"],
  ] as const)("writes %d as %s", ([count, text]) => {
    expect(short(count)).toBe(text);
  });

  it.for([
    [999, "0s"],
    [59_999, "59s"],
    [60_000, "1m00s"],
    [3_599_999, "59m59s"],
    [3_600_000, "1h00m"],
    [90_000_000, "1d1h"],
  ] as const)("writes %d ms as %s", ([time, text]) => {
    expect(duration(time)).toBe(text);
  });

  it("shortens a peer in the middle, and keeps its port", () => {
    expect(shortenedPeer("[2001:db8::7]:51234", 19)).toBe("[2001:db8::7]:51234");
    expect(shortenedPeer("[2001:db8:1:2:3:4:5:6]:51234", 20)).toBe("[2001:db8:…:6]:51234");
  });
});

const choose = (reports: readonly StatusReport[], listen?: string, silent = 0) => chooseReport({ reports, silent }, listen);

describe("which server is shown", () => {
  const [one, two] = [reportWith([], "[::1]:1001"), reportWith([], "[::1]:1002")];

  it("is the only one, or the one that was asked for", () => {
    expect(choose([one])).toBe(one);
    expect(choose([one, two], "[::1]:1002")).toBe(two);
  });

  it.for([
    [[], undefined, 0, "No server of yours runs here; start one with npm run server, or ask as the user who did."],
    [[], undefined, 1, "No server of yours runs here that answers, but 1 that is silent; it may be stopped, or short of file descriptors."],
    [[one], "[::1]:1", 0, "No server of yours listens on [::1]:1 here; these run: [::1]:1001."],
    [[one, two], undefined, 0, "2 servers run here, so choose one with --listen: [::1]:1001, [::1]:1002."],
    [[one, one], "[::1]:1001", 0, "2 servers listen on [::1]:1001, in networks of their own; stop all but one to see it."],
  ] as const)("is none, %#", ([reports, listen, silent, sentence]) => {
    expect(choose(reports, listen, silent)).toBe(sentence);
  });

  it("is said by --listen or the config file, and by no other option", () => {
    expect(readServerOptions(["--status"], {})).toEqual({ statusOf: undefined });
    expect(readServerOptions(["--status", "--listen", "[::1]:7"], {})).toEqual({ statusOf: "[::1]:7" });
    expect(() => readServerOptions(["--status", "--mtu", "1400"], {})).toThrow("leave out --mtu");
  });
});

async function openSocket(folder: string) {
  const socket = await openStatusSocket(folder, () => reportWith([userWith(2)]));
  onTestFinished(socket.close);
  return socket;
}

describe.skipIf(process.platform === "win32")("a status socket", () => {
  it("answers with one report, and nobody else's user can connect", async () => {
    const folder = await temporaryFolder();
    await openSocket(folder);
    const [name = ""] = readdirSync(folder);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(await askServers([folder])).toMatchObject({ reports: [{ listen: "[::]:5678", users: [{ address: "13.8.0.2" }] }], silent: 0 });
  });

  it("is gone when it is closed, and its folder with the last one", async () => {
    const folder = join(await temporaryFolder(), "state");
    spawnSync("mkdir", [folder]);
    const [first, second] = [await openSocket(folder), await openSocket(folder)];
    first.close();
    expect((await askServers([folder])).reports).toHaveLength(1);
    second.close();
    expect(existsSync(folder)).toBe(false);
  });

  it("that a killed server has left is deleted, by the next server and by who asks; other files stay", async () => {
    const folder = await temporaryFolder();
    const leave = () => {
      const server = `require("net").createServer().listen(${JSON.stringify(join(folder, "dead.status"))}, () => process.kill(process.pid, 9))`;
      spawnSync(process.execPath, ["--eval", server]);
    };
    writeFileSync(join(folder, "server-1.json"), "{}");
    await openSocket(folder);
    leave();
    expect(readdirSync(folder)).toContain("dead.status");
    await removeDeadSockets(folder);
    expect(readdirSync(folder)).not.toContain("dead.status");
    leave();
    expect(await askServers([folder])).toMatchObject({ reports: [{}], silent: 0 });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it.for(["nothing", "no JSON", '{"format": 99}', '{"format": 1}'])("that says %s counts as silent", async (words) => {
    const folder = await temporaryFolder();
    const server = createServer((socket) => socket.end(words === "nothing" ? "" : words)).listen(join(folder, "odd.status"));
    onTestFinished(() => void server.close());
    await once(server, "listening");
    expect(await askServers([folder])).toEqual({ reports: [], silent: 1 });
  });

  it("that never stops talking is given up", async () => {
    const folder = await temporaryFolder();
    const server = createServer((socket) => {
      const talk = (): void => void (socket.destroyed || socket.write(Buffer.alloc(65_536, 32), talk));
      socket.on("error", () => {});
      talk();
    }).listen(join(folder, "odd.status"));
    onTestFinished(() => void server.close());
    await once(server, "listening");
    expect(await askServers([folder])).toEqual({ reports: [], silent: 1 });
  });

  it("serves others beside one who does not take its answer", async () => {
    const folder = await temporaryFolder();
    const users = Array.from({ length: mostUsersTold }, (_, index) => userWith(index + 2));
    const socket = await openStatusSocket(folder, () => reportWith(users));
    onTestFinished(socket.close);
    const lazy = connect(join(folder, String(readdirSync(folder)[0]))).pause();
    onTestFinished(() => void lazy.destroy());
    await once(lazy, "connect");
    expect((await askServers([folder])).reports[0]?.users).toHaveLength(mostUsersTold);
  });
});

describe.skipIf(!hasReference || process.platform === "win32")("npm run server -- --status", () => {
  it("asks a running server, and prints its users", async () => {
    const server = startServer(inMemory);
    const port = await portOf(server);
    const peer = await connectPeer(port);
    const address = await askForAddress(peer);
    peer.send(message(102, pingPacket({ from: "13.8.0.99", to: "198.51.100.2" })));
    peer.send(message(102, pingPacket({ from: address, to: "198.51.100.2" })));
    await peer.next();
    const { code, stdout, stderr } = await serverEnding(["--status", "--listen", `[::1]:${port}`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`[::1]:${port}, process ${server.process.pid}, link memory, pool 13.8.0.0/24, up `);
    expect(stdout).toMatch(new RegExp(`^13\\.8\\.0\\.2 +1 +36 +1 +36 +1 +\\d+s {2}\\[::1\\]:${peer.socket.localPort}$`, "m"));
  });

  it("says in one sentence that there is no such server", async () => {
    const { code, stdout, stderr } = await serverEnding(["--status", "--listen", "[::1]:1"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^No server of yours listens on \[::1\]:1 here[^\n]*\.\n$/);
  });

  it("finds no server where none runs, the only one, and asks which one of two", async (context) => {
    const host = await ownHost(context);
    const before = host.settings();
    expect(await serverEnding(["--status"], host)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^No server of yours runs here; .*\n$/),
    });
    const [one, two] = [startServer(inMemory, host), startServer(inMemory, host)];
    const ports = [await portOf(one), await portOf(two)];
    const { code, stderr } = await serverEnding(["--status"], host);
    expect(code).toBe(1);
    for (const port of ports) expect(stderr).toContain(`[::1]:${port}`);
    await two.end("SIGKILL");
    expect(await serverEnding(["--status"], host)).toMatchObject({ code: 0, stdout: expect.stringContaining("Nobody is connected.") });
    await one.end("SIGTERM");
    expect(host.settings()).toBe(before);
  });

  it("shows on a terminal how things change, until Ctrl+C", async ({ skip }) => {
    if (spawnSync("script", ["--version"]).status !== 0) skip("the program script, which makes a terminal, is missing");
    const server = startServer(inMemory);
    const port = await portOf(server);
    const command = `stty cols 80 rows 20; exec ${process.execPath} labs/launch/run.mjs --prefer-reference labs/server/server.ts --status --listen '[::1]:${port}'`;
    const child = spawn("script", ["-qec", command, "/dev/null"], {
      cwd: root,
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, SHELL: "/bin/sh" },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let seen = "";
    let wake: (() => void) | undefined;
    child.stdout.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      wake?.();
    });
    const shows = async (text: string): Promise<void> => {
      while (!seen.includes(text))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    };
    await shows("Nobody is connected.");
    const peer = await connectPeer(port);
    await askForAddress(peer);
    await shows(`[::1]:${peer.socket.localPort}`);
    const ended = once(child, "close");
    child.stdin.write("\x03");
    expect(await ended).toEqual([0, null]);
    expect(seen).toContain("\x1b[?1049l");
    expect(await askForAddress(await connectPeer(port))).toBe("13.8.0.3");
  });
});
