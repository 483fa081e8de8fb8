import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { parseEndpoint } from "#devices/endpoint.ts";
import { type ChildOptions, type ChildProgram, startProgram } from "./child-program.ts";
import { ordinaryUser } from "./ordinary-user.ts";

type Report = { readonly listening?: string; readonly error?: string; readonly message?: string };

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

async function startListener(options: ChildOptions): Promise<ChildProgram & { report: () => Promise<Report> }> {
  const program = await startProgram("listener", options);
  cleanUp.push(program.stop);
  return { ...program, report: async () => (await program.next()) as Report };
}

function join(address: string): Socket {
  const socket = connect(parseEndpoint(address));
  socket.on("error", () => {});
  cleanUp.push(() => socket.destroy());
  return socket;
}

/** Whether the server echoes what a new client sends: `undefined` when it closes the connection instead. */
async function echo(address: string): Promise<string | undefined> {
  const socket = join(address);
  socket.write("hello");
  return new Promise((resolve) => {
    socket.on("data", (chunk: Buffer) => resolve(chunk.toString()));
    socket.on("close", () => resolve(undefined));
  });
}

describe("a TCP listener without file descriptors", () => {
  it.skipIf(process.platform === "win32")("reports it, and serves again when some are free", async () => {
    const { report } = await startListener({ within: ["sh", "-c", 'ulimit -n 40 && exec "$@"', "sh"] });
    const { listening: address = "" } = await report();
    const clients = Array.from({ length: 60 }, () => join(address));
    const error = await report();
    expect(error.error).toBe("too-many-files");
    expect(error.message).toContain("No file descriptor is left (EMFILE)");
    for (const client of clients) client.destroy();
    // The server hears of the closes in its own time; a refusal meanwhile is an answer too.
    let answer: string | undefined;
    for (let attempt = 0; answer === undefined && attempt < 1000; attempt++) answer = await echo(address);
    expect(answer).toBe("hello");
  });
});

describe("a TCP listener without rights", () => {
  it("says in one sentence that a low port is not for everyone", async (context) => {
    if (process.platform !== "linux") context.skip("other systems have other rules for low ports");
    const firstFree = Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8"));
    if (firstFree <= 1) context.skip("on this computer every port is for everyone");
    const { report } = await startListener({ args: ["[::1]:1"], within: ordinaryUser(context) });
    expect(await report()).toEqual({
      error: "no-permission",
      message: "Port 1 is for privileged programs; choose one from 1024 on, or run as root.",
    });
  });
});
