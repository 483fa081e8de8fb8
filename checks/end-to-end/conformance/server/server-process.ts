import { type ChildProcess, spawn } from "node:child_process";
import type { Millis } from "#contract/vocabulary.ts";
import { cpuTimeOfGroup, memoryOfGroup } from "./process-group.ts";

/** A command to run: words, or one line for the shell. */
export type Command = readonly string[] | string;

/** The server under test, as a process that can be watched, stopped and killed, with all that it has started. */
export type ServerProcess = {
  /** How much it has written to standard output and standard error so far, in characters. */
  readonly written: () => number;
  /** What it has written since then, the last 64 KiB of it. */
  readonly outputSince: (written: number) => string;
  readonly onOutput: (listener: () => void) => void;
  /** In words, once it has ended: `exit code 1`, `killed by SIGSEGV`. */
  readonly ending: () => string | undefined;
  readonly ended: Promise<void>;
  /** Stops it as Ctrl+Z does, and lets it go on. */
  readonly suspend: () => void;
  readonly resume: () => void;
  /** CPU time that it has used, itself and what it has started; `undefined` where there is no /proc. */
  readonly cpuTime: () => Millis | undefined;
  /** Memory that it holds, likewise, in bytes. */
  readonly memory: () => number | undefined;
  /** Ends it the hard way, and waits until it is gone. */
  readonly kill: () => Promise<void>;
};

const keptOutput = 64 * 1024;

/** Starts a process group of its own. */
export function startServerProcess(
  command: Command,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): ServerProcess {
  const [file = "", ...args] = typeof command === "string" ? ["/bin/sh", "-c", command] : command;
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const listeners = new Set<() => void>();
  let output = "";
  let written = 0;
  let ending: string | undefined;

  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-keptOutput);
      written += text.length;
      for (const listener of listeners) listener();
    });
  const ended = new Promise<void>((resolve) => {
    const end = (words: string): void => {
      ending ??= words;
      for (const listener of listeners) listener();
      resolve();
    };
    child.on("exit", (code, signal) => end(signal === null ? `exit code ${code}` : `killed by ${signal}`));
    child.on("error", (error) => end(error.message));
  });

  function signalGroup(signal: NodeJS.Signals): void {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Gone already.
    }
  }

  const guard = child.pid === undefined ? undefined : guardGroup(child.pid);
  void ended.then(() => guard?.kill("SIGKILL"));

  return {
    written: () => written,
    outputSince: (since) => (since >= written ? "" : output.slice(-(written - since))),
    onOutput: (listener) => listeners.add(listener),
    ending: () => ending,
    ended,
    suspend: () => signalGroup("SIGSTOP"),
    resume: () => signalGroup("SIGCONT"),
    cpuTime: () => (child.pid === undefined ? undefined : cpuTimeOfGroup(child.pid)),
    memory: () => (child.pid === undefined ? undefined : memoryOfGroup(child.pid)),
    kill: async () => {
      signalGroup("SIGKILL");
      await ended;
    },
  };
}

/** Ends the group when this process ends, whatever ends it: then the guard's standard input ends, which it waits for. */
function guardGroup(group: number): ChildProcess {
  return spawn("/bin/sh", ["-c", 'read -r _; kill -s KILL -- "-$1"', "sh", String(group)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
}
