import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { countMessages } from "#server/count-messages.ts";
import { createCounters } from "#server/counters.ts";
import { openMetricsEndpoint } from "#server/metrics/metrics-endpoint.ts";
import { createServerMetrics } from "#server/metrics/server-metrics.ts";
import { readServerOptions } from "#server/server-options.ts";
import type { KitProcess } from "./kit-process.ts";
import { connectPeer } from "./server-connect.ts";
import { pingPacket } from "./server-packets.ts";
import { askForAddress, message } from "./server-peer.ts";
import { portOf, serverEnding, startServer } from "./server-process.ts";

const inMemory = ["--link", "memory", "--listen", "[::1]:0"];

type Answer = { readonly status: number | undefined; readonly type: string | undefined; readonly text: string };

async function ask(url: string): Promise<Answer> {
  const [response] = (await once(get(url, { agent: false }), "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, type: response.headers["content-type"], text: Buffer.concat(chunks).toString() };
}

/** The samples of the text format: `name{label="value"}` and the number. */
function samples(text: string): Readonly<Record<string, number>> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
}

/** Names and labels of the server's own metrics. */
function ownNames({ text }: Answer): readonly string[] {
  return Object.keys(samples(text)).filter((name) => name.startsWith("fourover6_"));
}

async function metricsOf(server: KitProcess): Promise<string> {
  const { url } = await server.next("metrics");
  return String(url);
}

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanUp.splice(0).toReversed()) undo();
});

/** An endpoint in this process. */
async function openHere() {
  const counters = createCounters();
  const registry = await createServerMetrics(() => ({ counters: () => counters, users: () => [] }));
  const endpoint = await openMetricsEndpoint("[::1]:0", registry);
  cleanUp.push(endpoint.close);
  const port = Number(/:(\d+)\//.exec(endpoint.url)?.[1]);
  const join = async (): Promise<Socket> => {
    const socket = connect({ host: "::1", port });
    socket.on("error", () => {});
    cleanUp.push(() => void socket.destroy());
    await once(socket, "connect");
    return socket;
  };
  return { ...endpoint, counters, join };
}

/** All that comes until the connection ends. */
async function rest(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  if (!socket.destroyed) await once(socket, "close");
  return text;
}

describe.skipIf(!hasReference)("npm run server -- --metrics", () => {
  it("tells Prometheus what passes and who is there", async () => {
    const server = startServer([...inMemory, "--metrics", "0"]);
    const url = await metricsOf(server);
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+\/metrics$/);
    const port = await portOf(server);
    const [user, guest] = [await connectPeer(port), await connectPeer(port)];
    const address = await askForAddress(user);
    const ping = pingPacket({ from: address, to: "198.51.100.2" });
    user.send(message(104));
    user.send(message(102, pingPacket({ from: "13.8.0.99", to: "198.51.100.2" })));
    user.send(message(102, ping));
    await user.next();
    guest.socket.end();
    await server.next("closed");

    const { status, type, text } = await ask(url);
    expect({ status, type }).toEqual({ status: 200, type: "text/plain; version=0.0.4; charset=utf-8" });
    expect(samples(text)).toMatchObject({
      fourover6_connections: 1,
      fourover6_users: 1,
      fourover6_connects_total: 2,
      fourover6_addresses_lent_total: 1,
      fourover6_accept_errors_total: 0,
      'fourover6_closes_total{reason="disconnected"}': 1,
      'fourover6_closes_total{reason="peer-dead"}': 0,
      'fourover6_drops_total{reason="spoofed-source"}': 1,
      'fourover6_drops_total{reason="slow-client"}': 0,
      'fourover6_packets_total{direction="from_clients"}': 1,
      'fourover6_packets_total{direction="to_clients"}': 1,
      'fourover6_bytes_total{direction="from_clients"}': ping.length,
      'fourover6_bytes_total{direction="to_clients"}': ping.length,
      'fourover6_heartbeats_total{direction="from_clients"}': 1,
      process_cpu_seconds_total: expect.any(Number) as number,
    });
    expect(text).toContain("# TYPE fourover6_drops_total counter");
    expect(text).toContain("# TYPE fourover6_users gauge");
  });

  it("says in one sentence that its port is in use, before anything else is opened", async () => {
    const other = createServer().listen({ host: "::1", port: 0 });
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const { code, stdout, stderr } = await serverEnding([...inMemory, "--metrics", String(port)]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `--metrics: [::1]:${port} is in use by another program; stop it, or listen on another port.\n`,
    });
    expect(stdout).not.toContain("listening");
  });

  it("warns when others than programs of this host can ask", async () => {
    const server = startServer([...inMemory, "--metrics", "[::]:0"]);
    await server.next("metrics");
    expect(await server.next("metrics")).toMatchObject({ level: "warn", note: expect.stringContaining("can read") as string });
  });

  it("ends with the server, though somebody holds a connection", async () => {
    const server = startServer([...inMemory, "--metrics", "0"]);
    const url = new URL(await metricsOf(server));
    await server.next("listening");
    const socket = connect({ host: "::1", port: Number(url.port) });
    socket.on("error", () => {});
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
  });
});

const read = (text: string) => readServerOptions(["--metrics", text], {});

describe("the address of the metrics", () => {
  it("is one of this host only, if a port is all that is said", () => {
    expect(read("9464")).toMatchObject({ metrics: "[::1]:9464" });
    expect(read("[2001:db8::1]:9464")).toMatchObject({ metrics: "[2001:db8::1]:9464" });
    expect(readServerOptions([], {})).toMatchObject({ metrics: undefined });
  });

  it.for(["70000", "here", "[::1]"])("is not %s", (text) => {
    expect(() => read(text)).toThrow("--metrics");
  });
});

describe("the metrics' endpoint", () => {
  it("counts on from one question to the next", async () => {
    const { url, counters } = await openHere();
    counters.connections = 3;
    counters.closes["bad-message"] = 2;
    expect(samples((await ask(url)).text)).toMatchObject({
      fourover6_connects_total: 3,
      'fourover6_closes_total{reason="bad-message"}': 2,
    });
    counters.connections = 4;
    expect(samples((await ask(url)).text)).toMatchObject({ fourover6_connects_total: 4 });
  });

  it("has the same labels whatever happens", async () => {
    const { url, counters } = await openHere();
    const before = ownNames(await ask(url));
    Object.assign(counters.losses, { "made up by a lab": 7 });
    expect(ownNames(await ask(url))).toEqual(before);
  });

  it("has all that the documentation names, and nothing else of its own", async () => {
    const { url } = await openHere();
    const page = readFileSync(join(root, "docs/running-the-server.md"), "utf8");
    const documented = [...page.matchAll(/^\| `(fourover6_\w+)(?:\{(\w+)\})?` \|/gm)].map(([, name, label]) => `${name} ${label ?? ""}`);
    const told = ownNames(await ask(url)).map((name) => name.replace(/\{(\w+)=.*/, " $1").replace(/^\w+$/, "$& "));
    expect(documented.toSorted()).toEqual([...new Set(told)].toSorted());
  });

  it("is empty of counters while the server starts", async () => {
    const registry = await createServerMetrics(() => undefined);
    expect(samples(await registry.metrics())).toMatchObject({ fourover6_users: 0 });
  });

  it.for([
    ["GET / HTTP/1.1", 404],
    ["GET /metrics/../etc/passwd HTTP/1.1", 404],
    ["DELETE /metrics HTTP/1.1", 405],
    ["nonsense", 400],
  ] as const)("answers %s with %d", async ([line, status]) => {
    const { join } = await openHere();
    const socket = await join();
    const answer = rest(socket);
    socket.write(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it("refuses a header without end", async () => {
    const { join } = await openHere();
    const socket = await join();
    const answer = rest(socket);
    socket.write(`GET /metrics HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(20_000)}`);
    expect(await answer).toMatch(/^HTTP\/1\.1 431 /);
  });

  it("ends a connection that says nothing, or too little too slowly", async () => {
    const { join } = await openHere();
    const [silent, slow] = [await join(), await join()];
    slow.write("GET /metrics HTTP/1.1\r\nHost: x\r\n");
    const dripping = setInterval(() => slow.write("X: y\r\n"), 200);
    cleanUp.push(() => clearInterval(dripping));
    const [, answer] = await Promise.all([rest(silent), rest(slow)]);
    expect(answer).toMatch(/^HTTP\/1\.1 408 |^$/);
  });

  it("takes no more than a few connections at once, and serves again when they end", async () => {
    const { url, join } = await openHere();
    const sockets = await Promise.all(Array.from({ length: 16 }, join));
    const late = await join();
    expect(await rest(late)).toBe("");
    for (const socket of sockets) socket.destroy();
    let answer: Answer | undefined;
    // It hears of the ends in its own time.
    while (answer === undefined) answer = await ask(url).catch(() => undefined);
    expect(answer.status).toBe(200);
  });
});

describe("the count of heartbeats", () => {
  const stream = Buffer.concat([
    message(100),
    message(104),
    message(102, Buffer.alloc(300, 104)),
    message(104),
    message(104, Buffer.alloc(9)),
    // What public clients send: docs/protocol.md#tolerances
    Buffer.from("0000000064 0400000068 0000000068".replaceAll(" ", ""), "hex"),
    message(104),
  ]);

  it.for([1, 2, 4, 5, 7, 64, 1000])("is the same in pieces of %d bytes", (size) => {
    const count = countMessages(104);
    let sum = 0;
    for (let offset = 0; offset < stream.length; offset += size) sum += count(stream.subarray(offset, offset + size));
    expect(sum).toBe(6);
  });

  it.for([4, 0, -1, 4102, 2 ** 31 - 1])("ends at a length of %d", (length) => {
    const count = countMessages(104);
    const bad = Buffer.alloc(5, length < 0 || length > 4 ? 104 : 102);
    bad.writeInt32LE(length, 0);
    expect(count(Buffer.concat([message(104), bad, message(104)]))).toBe(1);
    expect(count(message(104))).toBe(0);
  });
});
