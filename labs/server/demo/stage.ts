import type { Message } from "#contract/lab-1-codec.ts";
import { summarize } from "../packet-summary.ts";
import { labFaultOf, StoryError, stoppedBy } from "./lab-at-fault.ts";
import { pingPatience, type StoryEvent } from "./story.ts";

/** What the program that plays the demo tells the program that narrates it: a line of JSON on standard output. */
export function tell(event: StoryEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** The stage cannot be set up here. The message says why. */
export class StageUnavailable extends Error {
  override readonly name = "StageUnavailable";
}

/**
 * Plays the demo and ends the process. Whatever goes wrong becomes the end of the story. The process also ends when its standard input does:
 * nothing may outlive the narrator, whatever kills that.
 *
 * @param details lines for whoever looks for the reason of a failure
 */
export async function play(story: () => Promise<void>, details: () => readonly string[]): Promise<void> {
  process.stdin.on("close", () => process.exit(1)).resume();
  const fail = (error: unknown): void => {
    if (error instanceof StageUnavailable) tell({ kind: "unavailable", why: error.message });
    else {
      const fault = labFaultOf(error);
      tell({ kind: "failed", why: stoppedBy(fault), details: [...fault.stack, ...details()] });
    }
    endWith(1);
  };
  process.on("uncaughtException", fail);
  try {
    await story();
    tell({ kind: "finished" });
    endWith(0);
  } catch (error) {
    fail(error);
  }
}

/** A pipe may still hold what was told. */
function endWith(code: number): void {
  process.stdout.write("", () => process.exit(code));
}

const messageNumbers: Readonly<Record<Message["type"], number>> = {
  "ip-request": 100,
  "ip-response": 101,
  "internet-request": 102,
  "internet-response": 103,
  heartbeat: 104,
};

/** Tells of a message that passes the client. */
export function tellMessage(direction: "sent" | "received", message: Message): void {
  const packet = "packet" in message ? summarize(message.packet) : undefined;
  tell({ kind: "message", direction, type: messageNumbers[message.type], at: Date.now(), packet });
}

export function unanswered(sequence: number): string {
  return `Ping ${sequence} was not answered within ${pingPatience / 1000} s.`;
}

/** Rejects with `sentence` when the work takes too long. */
export async function within<T>(milliseconds: number, work: Promise<T>, sentence: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new StoryError(sentence)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
