import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { LabChecks } from "../check.ts";
import { createHost, type Members } from "../host.ts";
import { registry } from "../registry.ts";
import type { Story } from "../story.ts";
import { capturePrints } from "./capture-prints.ts";
import { runCheck, storyFor } from "./run-check.ts";
import { catchStrayErrors } from "./stray-errors.ts";
import type { ThreadOrder, ThreadStart, WorkerReport, WorkerTask } from "./worker-protocol.ts";

type AnyMembers = Members<Record<string, unknown>>;

/** Runs a lab's checks one after the other in this thread, which its maker may stop at any time. */
async function work(lab: LabChecks<unknown>, all: AnyMembers, task: WorkerTask, report: (message: WorkerReport) => void): Promise<void> {
  const members = withoutBroken(all, task.broken);
  const printAnew = capturePrints((text) => report({ kind: "printed", text }));
  const stray = catchStrayErrors();
  const { seed, trace, kept } = task;

  for (const [member, loadMember] of Object.entries(members)) {
    report({ kind: "loading", member });
    // A member that fails to load is told by the checks that need it.
    await loadMember().catch(() => {});
  }
  for (const id of task.ids) {
    const check = lab.checks.find((candidate) => candidate.id === id);
    if (check === undefined) throw new Error(`No check ${id}.`);
    report({ kind: "started", id });
    printAnew();
    const run = (story: Story) => runCheck(lab, check, createHost(members, lab.shape), seed, { trace, kept, story });
    const result = await stray.during(lab, check, run, storyFor(trace));
    report({ kind: "finished", result });
    if (task.untilFailure && result.status !== "passed") return;
  }
}

function withoutBroken(members: AnyMembers, broken: WorkerTask["broken"]): AnyMembers {
  return Object.fromEntries(
    Object.entries(members).map(([name, load]) => {
      const reason = broken[name];
      return [name, reason === undefined ? load : () => Promise.reject(new Error(reason))];
    }),
  );
}

const port = parentPort;
if (port === null) throw new Error("check-worker runs in a worker thread.");
const { lab: id } = workerData as ThreadStart;
// The checks are loaded before it is known what they are to check. That they fail to is told to who asks for them.
const loading = registry[id]?.();
loading?.catch(() => {});
// Waited for at the top of the module: when only the lab's own promise is left, and nothing that could settle it, Node says so.
const [{ file, task }] = (await once(port, "message")) as [ThreadOrder];
try {
  const lab = await loading;
  if (lab === undefined) throw new Error(`No checks for ${id}.`);
  // Not before: the map of the checks themselves is large, and of use to nobody whose code is checked.
  process.setSourceMapsEnabled(true);
  const { members } = (await import(pathToFileURL(file).href)) as { readonly members: AnyMembers };
  await work(lab, members, task, (message) => port.postMessage(message));
} catch (error) {
  port.postMessage({
    kind: "fault",
    stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
  } satisfies WorkerReport);
}
