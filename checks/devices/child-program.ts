import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";

/** A program of this folder that runs as a process of its own and tells, line by line, what happens to it. */
export type ChildProgram = {
  /** What it tells next. Rejects, with what it wrote to stderr, when it ends instead. */
  readonly next: () => Promise<unknown>;
  readonly process: ChildProcess;
  /** Ends it, if it has not ended by itself, and waits until it is gone. */
  readonly stop: () => Promise<void>;
};

export type ChildOptions = {
  readonly args?: readonly string[];
  /** The command that starts it, such as `["unshare", "--net"]`; the program and its arguments are added. */
  readonly within?: readonly string[];
};

/**
 * Starts `NAME.program.ts`. The program ends when its standard input ends, so it does not outlive the test, whatever kills that; and a
 * namespace that was made for it goes with it.
 */
export async function startProgram(name: string, { args = [], within = [] }: ChildOptions = {}): Promise<ChildProgram> {
  const { file } = await bundle(fileURLToPath(new URL(`${name}.program.ts`, import.meta.url)), implementationFrom("labs"));
  const [command = process.execPath, ...rest] = [...within, process.execPath, "--enable-source-maps", file, ...args];
  const child = spawn(command, rest, { stdio: ["pipe", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", (error) => {
      complaints += error.message;
      resolve();
    });
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    next: async () => {
      const line = await lines.next();
      if (line.done !== true) return JSON.parse(line.value) as unknown;
      await ended;
      throw new Error(`${name} ended: ${complaints}`);
    },
    stop: async () => {
      child.stdin.destroy();
      await ended;
    },
  };
}

/** The one thing that the program tells. */
export async function resultOf<T>(name: string, options?: ChildOptions): Promise<T> {
  const program = await startProgram(name, options);
  try {
    return (await program.next()) as T;
  } finally {
    await program.stop();
  }
}
