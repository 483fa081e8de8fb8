import type { Worker } from "node:worker_threads";
import type { LabChecks } from "../check.ts";
import type { CheckResult } from "../check-result.ts";
import { type Limits, usualLimits } from "./limits.ts";
import type { Prepared } from "./prepare.ts";
import { aboutOf } from "./run-check.ts";
import { startThread } from "./start-thread.ts";
import { type Ending, waitsForEver, watchWorker } from "./watch-worker.ts";
import type { KeptInputs } from "./worker-protocol.ts";

export type SuperviseOptions = {
  readonly trace?: boolean;
  readonly kept?: KeptInputs | undefined;
  readonly untilFailure?: boolean;
  readonly takeThread?: () => Worker;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Runs checks in a worker thread and stands beside it. A check that does not end, or that takes the thread down, costs itself only: the
 * thread is stopped and a new one goes on behind it.
 *
 * @param onResult told each result when it is there, which may be in another order than that of `ids`
 * @param options.trace results tell whole scenarios
 * @param options.kept inputs that failed before; without it, checks have no memory
 * @param options.takeThread gives a thread that has started: a new one for each start if left out
 * @param options.signal stops at once what nobody wants to know any more
 * @param options.untilFailure the first check that does not pass is the last one: only those up to it have results
 * @throws the signal's reason
 */
export async function supervise(
  prepared: Prepared,
  lab: LabChecks<unknown>,
  ids: readonly string[],
  seed: number,
  onResult: (result: CheckResult) => void = () => {},
  limits: Limits = usualLimits,
  {
    trace = false,
    kept,
    untilFailure = false,
    takeThread = () => startThread(prepared.program, lab.id, limits.heap),
    signal,
  }: SuperviseOptions = {},
): Promise<readonly CheckResult[]> {
  const results = new Map<string, CheckResult>();
  const broken: Record<string, string> = {};
  let sawEndless = false;

  const record = (result: CheckResult) => {
    results.set(result.id, result);
    onResult(result);
  };

  const hasFailed = () => untilFailure && [...results.values()].some(({ status }) => status !== "passed");

  for (let todo = ids; todo.length > 0; todo = ids.filter((id) => !results.has(id))) {
    signal?.throwIfAborted();
    const patience: number = sawEndless ? limits.laterCheck : limits.check;
    const thread = takeThread();
    const stop = () => void thread.terminate();
    signal?.addEventListener("abort", stop);
    const { at, ending } = await watchWorker(
      thread,
      { file: prepared.file, task: { ids: todo, seed, broken, trace, kept, untilFailure } },
      limits,
      patience,
      record,
    ).finally(() => signal?.removeEventListener("abort", stop));
    signal?.throwIfAborted();
    if (ending === undefined) break;
    sawEndless ||= ending.why === "endless";
    switch (at.kind) {
      case "start":
        throw new Error(`The checks of ${lab.id} could not be begun: ${ending.sentence}.`);
      case "loading":
        broken[at.member] = ending.sentence;
        break;
      case "check":
        record(lost(lab, at.id, ending));
        break;
      default:
        at satisfies never;
    }
    if (hasFailed()) break;
  }
  if (hasFailed()) return ids.flatMap((id) => results.get(id) ?? []);
  return ids.map((id) => results.get(id) ?? lost(lab, id, { why: "crashed", sentence: "it was never run", printed: "" }));
}

/** The result of a check that took its thread with it. */
function lost(lab: LabChecks<unknown>, id: string, { why, sentence, printed }: Ending): CheckResult {
  const check = lab.checks.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`There is no check ${id}.`);
  return {
    ...aboutOf(lab, check),
    status: why,
    earned: 0,
    failure: { story: [], at: undefined, headline: lostHeadline(why, sentence), detail: [] },
    ...(printed === "" ? {} : { printed }),
  };
}

/** What the result of such a check says. @param sentence what the code did: `it did not end within 3 s` */
export function lostHeadline(why: Ending["why"], sentence: string): string {
  if (why === "crashed") return `your code took the check down: ${sentence}`;
  return sentence === waitsForEver ? `stopped: ${sentence}` : `stopped: ${sentence}; is there a loop that never ends?`;
}
