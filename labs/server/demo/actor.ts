import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { StoryError } from "./lab-at-fault.ts";
import type { StoryEvent } from "./story.ts";

/** Another program of the demo, in a network of its own, that does what the stage says. */
export type Actor = {
  /** By its number, others can put a network device into its network. */
  readonly process: number;
  /** Sends a request; fulfilled with its reply, rejected with an error that says what went wrong. One request at a time. */
  readonly ask: <Reply>(request: unknown) => Promise<Reply>;
};

/** What an actor writes, one line of JSON each. */
type Line = { readonly event: StoryEvent } | { readonly reply: unknown } | { readonly error: string };

/**
 * Starts an actor in a new network namespace, and waits until it is there.
 *
 * @param onEvent gets what it has to tell the audience
 */
export async function startActor(command: readonly string[], onEvent: (event: StoryEvent) => void): Promise<Actor> {
  const child: ChildProcess = spawn("unshare", ["--net", ...command], { stdio: ["pipe", "pipe", "pipe"] });
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error("An actor has no pipes.");
  let complaints = "";
  let settle: { resolve: (reply: unknown) => void; reject: (error: Error) => void } | undefined;
  let gone: Error | undefined;

  createInterface({ input: stdout }).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    if ("event" in line) onEvent(line.event);
    else if ("reply" in line) settle?.resolve(line.reply);
    else settle?.reject(new StoryError(line.error));
  });
  stderr.on("data", (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const end = (error: Error): void => {
    gone ??= error;
    settle?.reject(gone);
  };
  child.on("error", end);
  child.on("close", () => end(new StoryError(`A part of the demo has ended: ${complaints.trim()}`)));

  const reply = <Reply>(): Promise<Reply> =>
    new Promise((resolve, reject) => {
      if (gone === undefined) settle = { resolve: (value) => resolve(value as Reply), reject };
      else reject(gone);
    });
  // The first line says that it runs, and so that its network is there.
  await reply();
  return {
    process: child.pid ?? 0,
    ask: (request) => {
      const answered = reply<never>();
      stdin.write(`${JSON.stringify(request)}\n`);
      return answered;
    },
  };
}

/** The actor's side: answers each request by `act`. Ends with the stage. */
export function playActor(act: (request: unknown) => Promise<unknown>): void {
  createInterface({ input: process.stdin })
    .on("line", (text) => void answer(text, act))
    .on("close", () => process.exit());
  write({ reply: "here" });
}

async function answer(text: string, act: (request: unknown) => Promise<unknown>): Promise<void> {
  try {
    write({ reply: (await act(JSON.parse(text))) ?? null });
  } catch (error) {
    write({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** For an actor: tells the audience. */
export function tellAudience(event: StoryEvent): void {
  write({ event });
}

function write(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
