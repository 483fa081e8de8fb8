import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import type { Channel } from "#checks/harness/channel.ts";
import type { Check, Exam, LabChecks } from "#checks/harness/check.ts";
import type { CheckResult } from "#checks/harness/check-result.ts";
import { registry } from "#checks/harness/registry.ts";
import { runCheck, storyFor, strayResult } from "#checks/harness/run/run-check.ts";
import type { MemberShapes } from "#checks/harness/shape.ts";
import type { Story } from "#checks/harness/story.ts";
import { describeThrown } from "#checks/harness/thrown-error.ts";
import type { LabId } from "#launch/implementation.mjs";

/** Checks to run on one implementation. */
export type ExamineTask = {
  readonly lab: LabId;
  /** The bundle of the implementation with a host of its own, as a URL. It exports `connect`. */
  readonly bundle: string;
  readonly ids: readonly string[];
  readonly seed: number;
};

export type ExaminedCheck = CheckResult & {
  /** It generates inputs: with another seed it may end otherwise. */
  readonly isSeeded: boolean;
  /** It makes a real connection. */
  readonly isReal: boolean;
};

/** Told before and after each check, so that one that does not come back is known. */
export type ExamineReport =
  | { readonly kind: "started"; readonly id: string }
  | { readonly kind: "finished"; readonly result: ExaminedCheck }
  | { readonly kind: "done" }
  /** A fault of the kit itself. */
  | { readonly kind: "fault"; readonly stack: string };

let onStray: ((error: unknown) => void) | undefined;

/** The folder of the implementation under examination. What an earlier one left behind may still throw: that counts for nothing. */
let folder = "";
function isOfAnother(error: unknown): boolean {
  const folders = error instanceof Error ? (error.stack?.match(/[/\\]variant-\w+(?=[/\\])/g) ?? []) : [];
  return folders.length > 0 && folders.every((found) => !folder.endsWith(found));
}

/** What an implementation throws outside of any call fails the check that is running. */
function stray(lab: LabChecks<unknown>, check: Check<unknown>, story: Story): Promise<CheckResult> {
  return new Promise((resolve) => {
    onStray = (error) => resolve(strayResult(lab, check, describeThrown(error), story));
  });
}

/** The check, and what it has asked for so far. */
function watch(check: Check<unknown>): { readonly check: Check<unknown>; readonly asked: ReadonlySet<keyof Exam<unknown>> } {
  const asked = new Set<keyof Exam<unknown>>();
  const run: Check<unknown>["run"] = (exam) =>
    check.run(
      new Proxy(exam, {
        get: (_, name: keyof Exam<unknown>) => {
          asked.add(name);
          return exam[name];
        },
      }),
    );
  return { check: { ...check, run }, asked };
}

/** A check has ended when nothing that it left behind can still fail at once, during the next one. */
async function withRest(run: Promise<CheckResult>): Promise<CheckResult> {
  const result = await run;
  await setImmediate();
  return result;
}

/** Runs the checks one after the other, in this thread, which stays for the next task. */
async function examine({ lab: id, bundle, ids, seed }: ExamineTask, report: (message: ExamineReport) => void): Promise<void> {
  const lab = await registry[id]?.();
  if (lab === undefined) throw new Error(`${id} has no checks.`);
  folder = dirname(fileURLToPath(bundle));
  const { connect }: { readonly connect: (shape: MemberShapes) => Channel } = await import(bundle);
  for (const checkId of ids) {
    const check = lab.checks.find((candidate) => candidate.id === checkId);
    if (check === undefined) throw new Error(`There is no check ${checkId}.`);
    report({ kind: "started", id: checkId });
    const { check: watched, asked } = watch(check);
    const story = storyFor(false);
    const run = runCheck(lab, watched, connect(lab.shape), seed, { story });
    const result = await Promise.race([withRest(run), stray(lab, check, story)]);
    report({ kind: "finished", result: { ...result, isSeeded: asked.has("seed"), isReal: asked.has("loopback") } });
  }
}

const port = parentPort;
if (port === null) throw new Error("This program runs in a worker thread.");
const report = (message: ExamineReport) => port.postMessage(message);
process.on("uncaughtException", (error) => {
  if (!isOfAnother(error)) onStray?.(error);
});
port.on("message", (task: ExamineTask) => {
  examine(task, report).then(
    () => report({ kind: "done" }),
    (error: unknown) => report({ kind: "fault", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
