import type { LabChecks } from "#checks/harness/check.ts";
import { root } from "#launch/root.mjs";
import type { CheckGrade } from "../model/grade.ts";
import { bundleSubmission } from "../run/bundle-submission.ts";
import { talkWith } from "../run/driver-process.ts";
import { gradeChecks } from "../run/grade-checks.ts";
import { type LabSources, referenceSources } from "../run/lab-sources.ts";
import type { GradeLimits } from "../run/limits.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { realTunLab, serverAddress } from "./real-tun-check.ts";
import { tunName } from "./server-on-tun.ts";

const entry = `
  import { drive } from "#checks/grader/driver/driver.ts";
  import { members } from "#checks/grader/real-tun/server-on-tun.ts";
  drive(members);`;

type TunRun = { readonly sandbox: Sandbox; readonly seed: number; readonly limits: GradeLimits; readonly isOver: () => boolean };

/** Whether a real TUN can be had here is found out once for each sandbox, by the reference: why not, or `undefined`. */
const refusals = new WeakMap<Sandbox, Promise<string | undefined>>();

/**
 * Carries pings through the lab's server and a real TUN device, in a sandbox of its own. Where this computer does not let that be, it is
 * not run, and the grade says why: it never counts as passed.
 */
export async function gradeOnTun(sources: LabSources, run: TunRun): Promise<CheckGrade> {
  const refusal = refusals.get(run.sandbox) ?? whyNot(run);
  refusals.set(run.sandbox, refusal);
  const why = await refusal;
  return why === undefined ? runOnTun(sources, run) : notOnTun(`skipped: ${why}`);
}

async function whyNot({ sandbox, seed, limits }: TunRun): Promise<string | undefined> {
  const reference = referenceSources();
  if (reference === undefined) return "there is no reference here to try it with first";
  try {
    const { status, failure } = await runOnTun(reference, { sandbox, seed, limits, isOver: () => false });
    return status === "passed" ? undefined : `the reference does not get through either (${failure?.headline ?? status})`;
  } catch (error) {
    return firstLine(error);
  }
}

async function runOnTun(sources: LabSources, { sandbox, seed, limits, isOver }: TunRun): Promise<CheckGrade> {
  const program = await bundleSubmission(entry, sources);
  const tun = { name: tunName, address: `${serverAddress}/24` };
  const startDriver = async () => talkWith(await sandbox.start(program, limits.sandbox, tun), limits);
  const lab = realTunLab as unknown as LabChecks<unknown>;
  const [grade] = await gradeChecks({
    lab,
    checks: lab.checks,
    members: ["createServerOnTun"],
    seed,
    limits,
    startDriver,
    isOver,
  });
  if (grade === undefined) throw new Error("The step with the real TUN has no result.");
  return grade;
}

/** The step was not taken. */
export function notOnTun(why: string): CheckGrade {
  const [check] = realTunLab.checks;
  const { id = "", title = "", rule = "" } = check ?? {};
  return { id, title, rule, points: 0, earned: 0, status: "not-run", missing: why, hidden: false };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // A command that fails is told first, then what it said.
  const told = text.trim().split("\n").at(-1) ?? text;
  return told.replaceAll(`${root}/`, "").replace(/\.$/, "");
}
