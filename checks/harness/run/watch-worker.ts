import type { Worker } from "node:worker_threads";
import type { CheckResult } from "../check-result.ts";
import type { Limits } from "./limits.ts";
import type { ThreadOrder, WorkerReport } from "./worker-protocol.ts";

/** How a worker ended before it was done. */
export type Ending = {
  readonly why: "endless" | "crashed";
  /** What it did: `it did not end within 3 s`. */
  readonly sentence: string;
  readonly printed: string;
};

/** What a worker was at. */
export type Place =
  | { readonly kind: "start" }
  | { readonly kind: "loading"; readonly member: string }
  | { readonly kind: "check"; readonly id: string };

/** How long the memory goes unlooked at, in milliseconds. */
const look = 50;
/** With this exit code Node says that only a promise was left to wait for, and nothing that could settle it. */
const waitsForNothing = 13;
/** What a worker with that exit code did. No loop is to be looked for. */
export const waitsForEver = "it waits for a promise that nothing will ever settle";

/**
 * Gives a thread its order, and watches it until it is gone.
 *
 * @param patience how long a check may take, in milliseconds
 * @returns where it was cut short and why, or no ending when it did all of its task
 * @throws {Error} when the kit itself is at fault
 */
export function watchWorker(
  worker: Worker,
  order: ThreadOrder,
  limits: Limits,
  patience: number,
  record: (result: CheckResult) => void,
): Promise<{ readonly at: Place; readonly ending: Ending | undefined }> {
  return new Promise((resolve, reject) => {
    const { task } = order;
    let at: Place = { kind: "start" };
    let done = 0;
    let enough = false;
    let printed = "";
    let ending: Ending | undefined;
    let fault: string | undefined;

    const isDone = () => enough || done === task.ids.length;

    function end(why: Ending["why"], sentence: string): void {
      if (!isDone()) ending ??= { why, sentence, printed };
    }
    function stop(why: Ending["why"], sentence: string): void {
      end(why, sentence);
      void worker.terminate();
    }

    let timer: NodeJS.Timeout | undefined;
    function allow(milliseconds: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => stop("endless", `it did not end within ${milliseconds / 1000} s`), milliseconds);
    }
    // Node bounds a worker's objects, and not its bytes.
    const before = process.memoryUsage.rss();
    const looks = setInterval(() => {
      if (process.memoryUsage.rss() - before > limits.memory * 1024 * 1024)
        stop("crashed", `it took more than ${limits.memory} MiB of memory`);
    }, look);

    worker.on("message", (message: WorkerReport) => {
      // What was on its way when patience ended does not count.
      if (ending !== undefined) return;
      switch (message.kind) {
        case "loading":
          at = { kind: "loading", member: message.member };
          return allow(limits.loading);
        case "started":
          at = { kind: "check", id: message.id };
          printed = "";
          return allow(patience);
        case "printed":
          printed += message.text;
          return;
        case "finished":
          done++;
          enough = task.untilFailure && message.result.status !== "passed";
          record({ ...message.result, ...(printed === "" ? {} : { printed }) });
          // The lab's code may have left a timer running: nobody waits for that.
          if (isDone()) void worker.terminate();
          return;
        case "fault":
          fault = message.stack;
          return;
        default:
          message satisfies never;
      }
    });
    worker.on("error", (error: Error & { code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") end("crashed", `it ran out of memory (${limits.heap} MiB)`);
      else fault ??= error.stack ?? error.message;
    });
    worker.on("exit", (code) => {
      clearTimeout(timer);
      clearInterval(looks);
      if (fault !== undefined) return reject(new Error(`A check of the kit is at fault.\n${fault}`));
      if (code === waitsForNothing) end("endless", waitsForEver);
      else end("crashed", `it ended the process (exit code ${code})`);
      resolve({ at, ending });
    });
    // Nothing should come here: the worker hands its prints on. A stream that nobody reads would keep what does.
    worker.stdout.resume();
    worker.stderr.resume();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(order);
    allow(limits.starting);
  });
}
