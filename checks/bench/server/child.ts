import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Millis } from "#contract/vocabulary.ts";

/** A program has ended, or could not be started. */
export class ChildEnded extends Error {
  /** What it wrote to standard error. */
  readonly complaints: string;

  constructor(command: readonly string[], complaints: string) {
    super(`${command.join(" ")} ended: ${complaints}`);
    this.complaints = complaints;
  }
}

/** A program that runs as long as the benchmark needs it. */
export type Child = {
  readonly pid: number;
  /** The first line that it prints and that fits. Rejects, with a `ChildEnded`, when it ends before. */
  readonly line: (fits: (line: string) => boolean) => Promise<string>;
  readonly ended: Promise<ChildEnded>;
};

const running = new Set<ChildProcess>();

/** How long a program may take until it is ready. */
const patience: Millis = 20_000;

/** Starts a program that goes on until all are killed, or the benchmark is: both are in one process namespace. */
export function start(command: readonly string[]): Child {
  const child = launch(command);
  const printed: string[] = [];
  const waiting = new Set<() => void>();
  const wakeAll = (): void => {
    for (const wake of waiting) wake();
  };
  let ended = false;
  createInterface({ input: child.stdout }).on("line", (line) => {
    // A server may log for minutes, and nobody asks for what it said long ago.
    printed.push(line);
    if (printed.length > 1000) printed.shift();
    wakeAll();
  });
  const complaints = complaintsOf(child);
  const endedWith = () => new ChildEnded(command, complaints());
  child.on("close", () => {
    ended = true;
    wakeAll();
  });

  return {
    pid: child.pid ?? 0,
    ended: new Promise((resolve) => child.on("close", () => resolve(endedWith()))),
    line: (fits) =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          const line = printed.find(fits);
          if (line === undefined && !ended) return;
          waiting.delete(settle);
          clearTimeout(timer);
          if (line === undefined) reject(endedWith());
          else resolve(line);
        };
        const tooLate = () => reject(new Error(`${command.join(" ")} is not ready after ${patience} ms: ${complaints()}`));
        const timer = setTimeout(tooLate, patience);
        waiting.add(settle);
        settle();
      }),
  };
}

/** Ends all that still runs. */
export function killChildren(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** Runs a program to its end and gives what it printed. Rejects when it fails. */
export async function run(...command: readonly string[]): Promise<string> {
  const child = launch(command);
  const complaints = complaintsOf(child);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on("close", resolve);
    child.on("error", () => resolve(null));
  });
  if (code !== 0) throw new Error(`${command.join(" ")} failed: ${complaints() || output}`);
  return output;
}

function launch([file = "", ...args]: readonly string[]) {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

/** What it writes to standard error, and why it could not be started. */
function complaintsOf(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (more: string) => {
    text = (text + more).slice(-2000);
  });
  child.on("error", (error) => {
    text += error.message;
  });
  return () => text.trim();
}
