import type { Worker } from "node:worker_threads";
import type { ExaminedCheck, ExamineReport, ExamineTask } from "./examine.program.ts";

/** How often a thread is looked at, and how long one may take for a check however little it computes, in milliseconds. */
const look = 100;
const longest = 60_000;

/** A check from which the thread did not come back. */
export type Lost = { readonly id: string; readonly status: "endless" | "crashed" };

/**
 * Gives a task to a thread and waits until it is done. Patience is counted in the time that the processor worked: on a busy computer the same
 * variant fails the same checks.
 *
 * @param patience how long a check may compute, in milliseconds
 * @returns the check that did not come back, or nothing. The thread is of no use any more then.
 * @throws {Error} when the kit itself is at fault
 */
export function watchExamination(
  worker: Worker,
  task: ExamineTask,
  patience: number,
  record: (result: ExaminedCheck) => void,
): Promise<Lost | undefined> {
  return new Promise((resolve, reject) => {
    let at: string | undefined;
    let since = { processor: process.cpuUsage(), clock: performance.now() };
    const looks = setInterval(() => {
      const { user, system } = process.cpuUsage(since.processor);
      const computes = at !== undefined && (user + system) / 1000 > patience;
      if (computes || performance.now() - since.clock > longest) settle("endless");
    }, look);

    function leave(): void {
      clearInterval(looks);
      worker.off("message", onMessage).off("error", onEnd).off("exit", onEnd);
    }
    function settle(status?: Lost["status"]): void {
      leave();
      if (status === undefined) resolve(undefined);
      else if (at === undefined) reject(new Error(`${task.bundle} did not load.`));
      else resolve({ id: at, status });
    }
    const onEnd = () => settle("crashed");
    const onMessage = (message: ExamineReport) => {
      switch (message.kind) {
        case "started":
          at = message.id;
          since = { processor: process.cpuUsage(), clock: performance.now() };
          return;
        case "finished":
          return record(message.result);
        case "done":
          return settle();
        case "fault":
          leave();
          return reject(new Error(`A check of the kit is at fault.\n${message.stack}`));
        default:
          message satisfies never;
      }
    };
    worker.on("message", onMessage).on("error", onEnd).on("exit", onEnd);
    worker.postMessage(task, []);
  });
}
