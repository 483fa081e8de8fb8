import { parentPort, workerData } from "node:worker_threads";
import { createHost, type Members } from "../host.ts";
import { labMembers } from "../lab-members.ts";
import { registry } from "../registry.ts";
import { runCheck } from "./run-check.ts";
import type { WorkerReport, WorkerTask } from "./worker-protocol.ts";

/** Runs a lab's checks one after the other in this thread, which its maker may stop at any time. */
async function work(task: WorkerTask, report: (message: WorkerReport) => void): Promise<void> {
  const lab = await registry[task.lab]?.();
  const all = await labMembers[task.lab]?.();
  if (lab === undefined || all === undefined) throw new Error(`No checks for ${task.lab}.`);
  const members = withoutBroken(all, task.broken);
  for (const [member, loadMember] of Object.entries(members)) {
    report({ kind: "loading", member });
    // A member that fails to load is told by the checks that need it.
    await loadMember().catch(() => {});
  }
  for (const id of task.ids) {
    const check = lab.checks.find((candidate) => candidate.id === id);
    if (check === undefined) throw new Error(`No check ${id}.`);
    report({ kind: "started", id });
    const result = await runCheck(lab, check, createHost(members, lab.shape), task.seed);
    report({ kind: "finished", result });
  }
}

function withoutBroken(members: Members<Record<string, unknown>>, broken: WorkerTask["broken"]): Members<Record<string, unknown>> {
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
