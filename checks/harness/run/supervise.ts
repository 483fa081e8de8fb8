import { Worker } from "node:worker_threads";
import type { LabChecks } from "../check.ts";
import type { CheckResult, FailureReport } from "../check-result.ts";
import type { WorkerReport, WorkerTask } from "./worker-protocol.ts";

/** How long a check may take, in milliseconds. Generous: a check takes a few. After a first endless loop patience is shorter. */
const patience = { first: 3_000, later: 750, loading: 3_000 };
const mostPrinted = 2_000;

/** What is known of a check before it is run. */
type About = Pick<LabChecks<unknown>["checks"][number], "id" | "title" | "rule"> & { readonly points: number };

/** How a worker ended before it was done. */
type Ending = { readonly why: "endless" | "crashed"; readonly sentence: string };

/**
 * Runs checks in a worker thread and stands beside it. A check that does not end, or that takes the thread down, costs itself only: the
 * thread is stopped and a new one goes on behind it.
 *
 * @param workerFile the bundle of check-worker.ts with the labs under check
 */
export async function supervise(
  workerFile: string,
  lab: LabChecks<unknown>,
  ids: readonly string[],
  seed: number,
  onResult: (result: CheckResult) => void = () => {},
): Promise<readonly CheckResult[]> {
  const results = new Map<string, CheckResult>();
  const broken: Record<string, string> = {};
  let sawEndless = false;

  const record = (result: CheckResult) => {
    results.set(result.id, result);
    onResult(result);
  };

  for (let todo = ids; todo.length > 0; todo = ids.filter((id) => !results.has(id))) {
    const limit = sawEndless ? patience.later : patience.first;
    const { at, ending } = await runWorker(workerFile, { lab: lab.id, ids: todo, seed, broken }, limit, record);
    if (ending === undefined) break;
    sawEndless ||= ending.why === "endless";
    if (at.kind === "loading") broken[at.member] = `the file with ${at.member} cannot be loaded: ${ending.sentence}`;
    else record(lost(aboutOf(lab, at.id), ending));
  }
  return ids.map((id) => results.get(id) ?? lost(aboutOf(lab, id), { why: "crashed", sentence: "it was never run" }));
}

type At = { readonly kind: "loading"; readonly member: string } | { readonly kind: "check"; readonly id: string };

/** Resolves when the worker is gone: with the ending and the place when it was cut short. */
function runWorker(
  file: string,
  task: WorkerTask,
  limit: number,
  record: (result: CheckResult) => void,
): Promise<{ readonly at: At; readonly ending: Ending | undefined }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      workerData: task,
      stdout: true,
      stderr: true,
      env: { NODE_ENV: "test" },
      execArgv: ["--enable-source-maps"],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    let at: At = { kind: "loading", member: "the checks" };
    let printed = "";
    let ending: Ending | undefined;
    let timer = setTimeout(giveUp, limit + patience.loading);
    let fault: string | undefined;
    let done = 0;

    function giveUp(): void {
      ending = { why: "endless", sentence: `it did not end within ${limit / 1000} s` };
      void worker.terminate();
    }
    function watch(milliseconds: number): void {
      clearTimeout(timer);
      timer = setTimeout(giveUp, milliseconds);
    }
    for (const stream of [worker.stdout, worker.stderr])
      stream.on("data", (chunk: Buffer) => {
        if (printed.length < mostPrinted) printed += chunk.toString("utf8");
      });

    worker.on("message", (message: WorkerReport) => {
      // What was on its way when patience ended does not count.
      if (ending !== undefined) return;
      switch (message.kind) {
        case "loading":
          at = { kind: "loading", member: message.member };
          return watch(patience.loading);
        case "started":
          at = { kind: "check", id: message.id };
          return watch(limit);
        case "finished":
          done++;
          record({ ...message.result, ...(printed === "" ? {} : { printed: shorten(printed) }) });
          printed = "";
          return watch(limit);
        case "fault":
          fault = message.stack;
          return;
        default:
          message satisfies never;
      }
    });
    worker.on("error", (error: Error & { code?: string }) => {
      ending ??= {
        why: "crashed",
        sentence:
          error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "it ran out of memory (512 MiB)" : `it threw outside of any call: ${error.message}`,
      };
    });
    worker.on("exit", (code) => {
      clearTimeout(timer);
      if (fault !== undefined) return reject(new Error(`A check of the kit is at fault.\n${fault}`));
      if (ending === undefined && done < task.ids.length) ending = { why: "crashed", sentence: `it ended the process (exit code ${code})` };
      resolve({ at, ending });
    });
  });
}

function aboutOf(lab: LabChecks<unknown>, id: string): About {
  const check = lab.checks.find((candidate) => candidate.id === id);
  return { id, title: check?.title ?? "", rule: check?.rule ?? "", points: lab.points[id] ?? 0 };
}

function lost(about: About, ending: Ending): CheckResult {
  const headline =
    ending.why === "endless"
      ? `stopped: ${ending.sentence}; is there a loop that never ends?`
      : `your code took the check down: ${ending.sentence}`;
  const failure: FailureReport = { story: [], at: undefined, headline, detail: [] };
  return { ...about, status: ending.why, earned: 0, failure };
}

function shorten(text: string): string {
  return text.length > mostPrinted ? `${text.slice(0, mostPrinted)}…` : text;
}
