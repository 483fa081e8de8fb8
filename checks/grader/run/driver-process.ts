import { randomUUID } from "node:crypto";
import type { Channel, Outcome, ThrownError } from "#checks/harness/channel.ts";
import type { Loopback } from "#checks/harness/loopback.ts";
import type { MemberShapes } from "#checks/harness/shape.ts";
import { createLineReader } from "../driver/lines.ts";
import { type Answer, type Question, readAnswer, writeRequest } from "../driver/messages.ts";
import { WireFault } from "../driver/wire-value.ts";
import type { Confined } from "../sandbox/confined.ts";
import { outcomeRules } from "./graded-channel.ts";
import type { GradeLimits, Patience } from "./limits.ts";
import { createPrints } from "./prints.ts";
import type { Stop } from "./stop.ts";
import { tookTooMuchMemory, watchUsage } from "./usage-watch.ts";

type RunningCheck = {
  /** Reaches the lab. An answer that does not come is never given: whoever waits for one watches `stopped` too. */
  readonly channel: Channel;
  /** Resolves when the lab's code throws outside of any call. */
  readonly strayed: Promise<ThrownError>;
  /** The check no longer reaches the lab. */
  readonly cut: () => void;
};

/** A driver in its sandbox, as the grader sees it. */
export type DriverProcess = {
  readonly start: (shape: MemberShapes, broken: Readonly<Record<string, string>>) => Promise<void>;
  readonly load: (member: string) => Promise<void>;
  /** A new check begins. The last one no longer reaches the lab. */
  readonly begin: () => RunningCheck;
  /** Resolves when nothing that the check has left behind can still fail at once. */
  readonly finish: () => Promise<void>;
  /** Where the lab's servers are reached. Time there passes only as the driver runs. */
  readonly loopback: Loopback;
  /** From now on, it may take so long. */
  readonly allow: (patience: Patience) => void;
  readonly stopped: Promise<Stop>;
  readonly stop: (stop: Stop) => void;
  /** What was printed since this was last asked. */
  readonly printed: () => string;
  /** Ends it, and waits until nothing of it runs. */
  readonly close: () => Promise<void>;
};

/** Bytes of one answer. The longest of an honest lab is a hundredth of it. */
const longestAnswer = 4 * 1024 * 1024;
/** Bytes of the beginning of what is printed, and of its end, that are kept. */
const keptPrints = 1_000;
/** How long a program takes to end once it has closed the line, in milliseconds. */
const longestEnd = 3_000;

/** Talks with the driver in `confined`, which has just been started. */
export function talkWith(confined: Confined, limits: GradeLimits): DriverProcess {
  const { process: child, talk } = confined;
  const waiting = new Map<string, (answer: Answer) => void>();
  const lines = createLineReader(longestAnswer);
  const prints = createPrints(keptPrints);
  let exam: { readonly id: string; readonly stray: (error: ThrownError) => void } | undefined;
  let known: MemberShapes = {};
  let ended: Stop | undefined;
  let tell: ((stop: Stop) => void) | undefined;
  const stopped = new Promise<Stop>((resolve) => {
    tell = resolve;
  });

  const usage = watchUsage(confined, limits, stop);

  function stop(why: Stop): void {
    if (ended !== undefined) return;
    ended = why;
    usage.end();
    waiting.clear();
    talk.destroy();
    tell?.(why);
  }

  function ask(question: Question, heard: (answer: Answer) => void): string {
    const id = randomUUID();
    waiting.set(id, heard);
    if (ended === undefined) talk.write(`${writeRequest({ ...question, id })}\n`);
    return id;
  }
  const askAndWait = (question: Question) =>
    new Promise<void>((resolve) => {
      ask(question, (answer) => {
        if (answer.kind !== "done") throw new WireFault("an answer is of the wrong kind");
        resolve();
      });
    });

  function hear(line: string): void {
    const answer = readAnswer(line);
    if (answer.kind === "stray") {
      if (answer.id !== exam?.id) throw new WireFault("it speaks of a check that is not running");
      return exam.stray(answer.error);
    }
    const heard = waiting.get(answer.id);
    if (heard === undefined) throw new WireFault("it answers what nobody has asked");
    waiting.delete(answer.id);
    heard(answer);
  }

  talk.on("data", (chunk: Uint8Array) => {
    if (ended !== undefined) return;
    try {
      const complete = lines.push(chunk);
      if (complete === undefined) throw new WireFault(`an answer is longer than ${longestAnswer >> 20} MiB`);
      for (const line of complete) if (ended === undefined) hear(line);
    } catch (error) {
      if (!(error instanceof WireFault)) throw error;
      stop({ reason: "protocol", sentence: `it broke the rules of the driver: ${error.message}` });
    }
  });
  talk.on("error", () => {});
  let complaints = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Uint8Array) => {
      prints.add(chunk);
      if (stream === child.stderr) complaints = (complaints + Buffer.from(chunk).toString("latin1")).slice(-4_096);
      if (prints.size() > limits.output) stop({ reason: "output-limit", sentence: `it printed more than ${limits.output >> 20} MiB` });
    });

  talk.on("close", () => {
    // Most often it has ended, and that is about to be told.
    setTimeout(() => stop({ reason: "protocol", sentence: "it closed the line to the grader" }), longestEnd).unref();
  });
  child.on("exit", (code, signal) => {
    // What it has said before may still be on its way.
    setImmediate(() => setImmediate(() => stop(endOf(code, signal))));
  });

  function endOf(code: number | null, signal: NodeJS.Signals | null): Stop {
    if (/heap out of memory|Failed to reserve|allocation failed/i.test(complaints))
      return { reason: "out-of-memory", sentence: `it ran out of memory (${limits.sandbox.heap} MiB)` };
    if (confined.ranOutOfMemory()) return tookTooMuchMemory(limits);
    return { reason: "crash", sentence: `it ended the process (${signal === null ? `exit code ${code}` : `signal ${signal}`})` };
  }

  return {
    start: (shape, broken) => {
      known = shape;
      return askAndWait({ ask: "start", shape, broken });
    },
    load: (member) => askAndWait({ ask: "load", member }),
    begin: () => {
      const rules = outcomeRules(known);
      const id = ask({ ask: "begin" }, () => {});
      const strayed = new Promise<ThrownError>((stray) => {
        exam = { id, stray };
      });
      let isCut = false;
      const channel: Channel = (call) =>
        new Promise<Outcome>((resolve) => {
          if (isCut || exam?.id !== id) return;
          ask({ ask: "call", call }, (answer) => {
            if (answer.kind !== "outcome") throw new WireFault("an answer is of the wrong kind");
            resolve(rules.expect(call, answer.outcome));
          });
        });
      const cut = () => {
        isCut = true;
      };
      return { channel, strayed, cut };
    },
    finish: () => askAndWait({ ask: "finish" }),
    loopback: {
      ...confined.loopback,
      pass: async (milliseconds) => {
        await confined.loopback.pass(milliseconds);
        await askAndWait({ ask: "pass" });
      },
    },
    allow: usage.allow,
    stopped,
    stop,
    printed: prints.take,
    close: async () => {
      stop({ reason: "crash", sentence: "the grader has ended it" });
      await confined.kill();
    },
  };
}
