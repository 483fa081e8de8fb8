import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { build } from "esbuild";
import type { Loopback, LoopbackEvents } from "#checks/harness/loopback.ts";
import { implementationFrom, importFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { createFrameReader, type Frame, writeFrame } from "./relay-frames.ts";

/** The loopback of a sandbox with a network of its own. `close` when nobody connects any more. */
export type RelayedLoopback = Loopback & { readonly close: () => void };

const none = new Uint8Array();

/**
 * Reaches the loopback interface in the network of the process `pid`: a small program of the grader's goes there and connects. It is
 * started when it is first needed.
 *
 * @param node a Node that every user can start
 */
export function relayedLoopback(pid: number, node: string): RelayedLoopback {
  const connections = new Map<number, LoopbackEvents>();
  const questions = new Map<number, (works: boolean) => void>();
  const waiting: Uint8Array[] = [];
  let relay: ChildProcess | undefined;
  let started = false;
  let closed = false;
  let count = 0;

  function send(frame: Frame): void {
    if (closed) return;
    if (!started) {
      started = true;
      void begin();
    }
    const bytes = writeFrame(frame);
    if (relay === undefined) waiting.push(bytes);
    else (relay.stdin as Writable).write(bytes);
  }

  async function begin(): Promise<void> {
    const program = await relayProgram();
    if (closed) return;
    relay = spawn("nsenter", [...entering(pid), ...leavingRoot(), "--", node, "--input-type=module", "--eval", program], {
      stdio: ["pipe", "pipe", "ignore"],
      env: {},
      cwd: "/",
    });
    const frames = createFrameReader();
    relay.on("error", close).on("exit", close);
    relay.stdin?.on("error", () => {});
    (relay.stdout as Readable).on("data", (chunk: Uint8Array) => {
      for (const frame of frames(chunk)) if (!closed) hear(frame);
    });
    for (const bytes of waiting.splice(0)) relay.stdin?.write(bytes);
  }

  function hear({ kind, id, bytes }: Frame): void {
    if (kind === "opened") connections.get(id)?.onOpen();
    else if (kind === "data") connections.get(id)?.onData(bytes);
    else if (kind === "works" || kind === "pass") {
      questions.get(id)?.(bytes[0] === 1);
      questions.delete(id);
    } else if (kind === "closed") {
      const events = connections.get(id);
      connections.delete(id);
      events?.onClose();
    }
  }

  function ask(kind: "works" | "pass", bytes: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => {
      const id = count++;
      questions.set(id, resolve);
      if (closed) resolve(false);
      send({ kind, id, bytes });
    });
  }

  function close(): void {
    if (closed) return;
    closed = true;
    relay?.kill("SIGKILL");
    for (const { onClose } of connections.values()) onClose();
    for (const answer of questions.values()) answer(false);
  }

  return {
    connect: (host, port, events) => {
      const id = count++;
      connections.set(id, events);
      if (closed) queueMicrotask(events.onClose);
      send({ kind: "open", id, bytes: Buffer.from(JSON.stringify({ host, port })) });
      const order = (kind: Frame["kind"]) => () => send({ kind, id, bytes: none });
      return {
        write: (bytes) => send({ kind: "data", id, bytes }),
        finish: order("finish"),
        reset: order("reset"),
        pause: order("pause"),
        resume: order("resume"),
      };
    },
    pass: async (milliseconds) => void (await ask("pass", new Uint8Array(milliseconds))),
    works: (host) => ask("works", Buffer.from(host)),
    close,
  };
}

/** How `nsenter` enters the network of a process. Root may do so at once; others enter the space of users that owns it first. */
export function entering(pid: number): readonly string[] {
  return ["--target", `${pid}`, "--net", ...(process.getuid?.() === 0 ? [] : ["--user", "--preserve-credentials"])];
}

/** Nobody, in the place of root. */
function leavingRoot(): readonly string[] {
  return process.getuid?.() === 0 ? ["--setuid", "65534", "--setgid", "65534"] : [];
}

let built: Promise<string> | undefined;

/** The relay as JavaScript, handed over as an argument: whoever it runs as need not be able to read the kit. */
function relayProgram(): Promise<string> {
  const folders = Object.entries(importFolders(implementationFrom("labs")));
  built ??= build({
    entryPoints: [join(root, "checks/grader/sandbox/relay.program.ts")],
    bundle: true,
    write: false,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    alias: Object.fromEntries(folders.map(([name, folder]) => [name.slice(0, -1), folder])),
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "");
  return built;
}
