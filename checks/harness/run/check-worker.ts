import { setImmediate } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { Check, LabChecks } from "../check.ts";
import type { CheckResult } from "../check-result.ts";
import { createHost, type Members } from "../host.ts";
import { labMembers } from "../lab-members.ts";
import { registry } from "../registry.ts";
import { describeThrown } from "../thrown-error.ts";
import { capturePrints } from "./capture-prints.ts";
import { runCheck, strayResult } from "./run-check.ts";
import type { WorkerReport, WorkerTask } from "./worker-protocol.ts";

type AnyMembers = Members<Record<string, unknown>>;

/** Runs a lab's checks one after the other in this thread, which its maker may stop at any time. */
async function work(task: WorkerTask, report: (message: WorkerReport) => void): Promise<void> {
  const lab = await registry[task.lab]?.();
  const all = await labMembers[task.lab]?.();
  if (lab === undefined || all === undefined) throw new Error(`No checks for ${task.lab}.`);
  const members = withoutBroken(all, task.broken);
  const printAnew = capturePrints((text) => report({ kind: "printed", text }));
  const stray = catchStrayErrors();

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
    const result = await Promise.race([runWhole(lab, check, members, task), stray(lab, check)]);
    report({ kind: "finished", result });
    if (task.untilFailure && result.status !== "passed") return;
  }
}

/** A check has ended when nothing that it left behind can still fail at once: a promise without a handler, most of all. */
async function runWhole(
  lab: LabChecks<unknown>,
  check: Check<unknown>,
  members: AnyMembers,
  { seed, trace, kept }: WorkerTask,
): Promise<CheckResult> {
  const result = await runCheck(lab, check, createHost(members, lab.shape), seed, { trace, kept });
  await setImmediate();
  return result;
}

/** What the lab's code throws outside of any call (from a promise, from a timer) fails the check that is running. */
function catchStrayErrors(): (lab: LabChecks<unknown>, check: Check<unknown>) => Promise<CheckResult> {
  let fail: ((error: unknown) => void) | undefined;
  process.on("uncaughtException", (error: unknown) => fail?.(error));
  return (lab, check) =>
    new Promise((resolve) => {
      fail = (error) => resolve(strayResult(lab, check, describeThrown(error)));
    });
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
try {
  await work(workerData as WorkerTask, (message) => port.postMessage(message));
} catch (error) {
  port.postMessage({
    kind: "fault",
    stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
  } satisfies WorkerReport);
}
