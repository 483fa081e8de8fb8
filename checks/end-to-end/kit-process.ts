import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { root } from "#launch/root.mjs";

/** One line of a program's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

/** How a program ended. */
export type Ending = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A program of the kit as a process of its own. */
export type KitProcess = {
  /** The first log line with this `msg` that was not asked for before. Rejects, with all that was said, when the program ends first. */
  readonly next: (msg: string) => Promise<LogLine>;
  /** Fulfilled when standard output holds this text. Rejects when the program ends first. */
  readonly says: (text: string) => Promise<void>;
  /** All log lines so far. */
  readonly lines: () => readonly LogLine[];
  /** Signals it and waits until it has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ending>;
  readonly ended: Promise<Ending>;
  readonly process: ChildProcess;
};

export type KitProcessOptions = {
  /** The command that starts it, such as `nsenter …`; it must become the program, and not start it as a child. */
  readonly within?: readonly string[];
  /** Whose labs, for one, where it is not the reference. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that holds the project. */
  readonly kit?: string;
  /** The folder in which the user stands; the project's, when nothing is said. */
  readonly cwd?: string;
};

/** Starts a program of labs/server by the launcher, as its npm script does. It does not outlive the test. */
export function startKitProgram(
  program: "server" | "client" | "demo",
  args: readonly string[],
  { within = [], env = {}, kit = root, cwd = kit }: KitProcessOptions = {},
): KitProcess {
  const command = [process.execPath, "labs/launch/run.mjs", "--prefer-reference", `labs/server/${program}.ts`, ...args];
  const [file = "", ...rest] = [...within, ...command];
  const child = spawn(file, rest, { cwd: kit, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, INIT_CWD: cwd, ...env } });
  const unread: LogLine[] = [];
  const all: LogLine[] = [];
  let waiting: (() => void)[] = [];
  let stdout = "";
  let stderr = "";
  let isOver = false;
  const wake = (): void => {
    const callbacks = waiting;
    waiting = [];
    for (const callback of callbacks) callback();
  };
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    stdout += `${line}\n`;
    if (line.startsWith("{")) {
      const parsed = JSON.parse(line) as LogLine;
      unread.push(parsed);
      all.push(parsed);
    }
    wake();
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      isOver = true;
      wake();
      resolve({ code, signal, stdout, stderr });
    });
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });

  /** Asks again after each line, until there is an answer. */
  const until = async <T>(what: string, look: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (isOver) throw new Error(`The ${program} ended without saying "${what}".\n${stdout}\n${stderr}`);
      await new Promise<void>((resolve) => void waiting.push(resolve));
    }
  };

  return {
    next: (msg) =>
      until(msg, () => {
        const index = unread.findIndex((line) => line.msg === msg);
        return index === -1 ? undefined : unread.splice(index, 1)[0];
      }),
    says: (text) => until(text, () => (stdout.includes(text) ? true : undefined)).then(() => undefined),
    lines: () => all,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
    ended,
    process: child,
  };
}
