import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { root } from "#launch/root.mjs";

/** One line of the server's log. */
type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

/** How a program ended. */
export type Ending = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** `npm run server` as a process of its own. */
export type ServerProcess = {
  /** The next line of this kind, or one that has come already and was not asked for. Rejects, with all that was said, when the program ends first. */
  readonly next: (msg: string) => Promise<LogLine>;
  /** All lines so far. */
  readonly lines: () => readonly LogLine[];
  /** Signals it and waits until it has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ending>;
  readonly ended: Promise<Ending>;
  readonly process: ChildProcess;
};

export type ServerProcessOptions = {
  /** The command that starts it, such as `nsenter …`; it must become the program and not start it as a child. */
  readonly within?: readonly string[];
  /** Whose labs, where it is not the reference. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder in which the user stands. */
  readonly cwd?: string;
};

/** Starts the server by the launcher, as the npm script does. It does not outlive the test. */
export function startServer(args: readonly string[], { within = [], env = {}, cwd = root }: ServerProcessOptions = {}): ServerProcess {
  const program = [process.execPath, "labs/launch/run.mjs", "--prefer-reference", "labs/server/server.ts", ...args];
  const [command = "", ...rest] = [...within, ...program];
  const child = spawn(command, rest, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, INIT_CWD: cwd, ...env } });
  const unread: LogLine[] = [];
  const all: LogLine[] = [];
  let waiting: (() => void)[] = [];
  let said = "";
  let complaint = "";
  let isOver = false;
  const wake = (): void => {
    const callbacks = waiting;
    waiting = [];
    for (const callback of callbacks) callback();
  };

  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    said += `${line}\n`;
    if (!line.startsWith("{")) return;
    const parsed = JSON.parse(line) as LogLine;
    unread.push(parsed);
    all.push(parsed);
    wake();
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      isOver = true;
      wake();
      resolve({ code, signal, stdout: said, stderr: complaint });
    });
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });

  const next = async (msg: string): Promise<LogLine> => {
    for (;;) {
      const index = unread.findIndex((line) => line.msg === msg);
      const [found] = index === -1 ? [] : unread.splice(index, 1);
      if (found !== undefined) return found;
      if (isOver) throw new Error(`The server ended without saying "${msg}".\n${said}\n${complaint}`);
      await new Promise<void>((resolve) => void waiting.push(resolve));
    }
  };

  return {
    next,
    lines: () => all,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
    ended,
    process: child,
  };
}

/** Runs the server to its end: for command lines with which it does not serve. */
export function serverEnding(args: readonly string[], options?: ServerProcessOptions): Promise<Ending> {
  return startServer(args, options).ended;
}

/** Waits until the server listens. Returns the port. */
export async function portOf(server: ServerProcess): Promise<number> {
  const { address } = await server.next("listening");
  return Number(/:(\d+)$/.exec(String(address))?.[1]);
}
