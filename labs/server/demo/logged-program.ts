import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Millis } from "#contract/vocabulary.ts";
import { createSignal } from "#devices/signal.ts";
import { labIn, StoryError, stoppedBy } from "./lab-at-fault.ts";
import { within } from "./stage.ts";

/** A line of a program's log. */
type LogLine = Readonly<Record<string, unknown>>;

/** The server or the client as a process: both log in JSON. */
export type LoggedProgram = {
  readonly onLine: (listener: (line: LogLine) => void) => void;
  /** Fulfilled with the log line that has this `msg`. Rejects with what the program complained about when it ends before. */
  readonly reaches: (msg: string, patience: Millis) => Promise<LogLine>;
  /** Rejects when the program ends by itself. */
  readonly crashed: Promise<never>;
  /** Asks it to stop, and waits. Rejects when it ends badly. */
  readonly stop: () => Promise<void>;
  /** What may explain a failure: warnings, and why connections were closed. */
  readonly notes: () => readonly string[];
};

/** What a line says in words, if it does. */
function noteOf({ note, reason }: LogLine): string | undefined {
  return [note, reason].find((each) => typeof each === "string");
}

const stopPatience: Millis = 6000;

/** Enough for the upper end of a stack. */
const mostComplaints = 8;

/** @param name for the sentences: `server` */
export function startLogged(name: string, [file = "", ...args]: readonly string[]): LoggedProgram {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  const lines = createSignal<LogLine>();
  const notes: string[] = [];
  let complaints = "";
  let stopping = false;

  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as LogLine;
    if (["warn", "error"].includes(String(line["level"])) || line["msg"] === "closed")
      notes.push(`${name}: ${String(line["msg"])}, ${noteOf(line) ?? text}`);
    lines.emit(line);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  const failure = (): Error => {
    const lines = complaints.split("\n").filter(Boolean);
    const why = lines.find((line) => /^\w*Error: /.test(line)) ?? lines[0] ?? `The ${name} ended without a word.`;
    return new StoryError(stoppedBy({ lab: labIn(complaints), why }));
  };
  const crashed = ended.then((): never => {
    throw failure();
  });
  // It is looked at only while somebody waits for something.
  crashed.catch(() => {});

  return {
    onLine: lines.on,
    reaches: (msg, patience) => {
      const reached = new Promise<LogLine>((resolve) => lines.on((line) => line["msg"] === msg && resolve(line)));
      return within(patience, Promise.race([reached, crashed]), `The ${name} was not "${msg}" within ${patience / 1000} s.`);
    },
    crashed,
    stop: async () => {
      if (stopping) return;
      stopping = true;
      child.kill("SIGTERM");
      const code = await within(stopPatience, ended, `The ${name} did not stop when it was told to.`);
      if (code !== 0) throw failure();
    },
    notes: () => [...notes, ...complaints.split("\n").filter(Boolean).slice(0, mostComplaints)],
  };
}
