import { type HiddenChecks, markHidden, noHiddenChecks, withHiddenChecks } from "#checks/grader/hidden/hidden-checks.ts";
import { labMembers } from "#checks/harness/lab-members.ts";
import { registry } from "#checks/harness/registry.ts";
import type { TypeFault } from "#checks/harness/run/type-errors.ts";
import { likelyMisconceptions } from "#checks/misconceptions/match-misconceptions.ts";
import { type LabId, labFolders } from "#launch/implementation.mjs";
import type { CheckGrade, LabGrade, SubmissionGrade } from "../model/grade.ts";
import type { Submission } from "../model/submission.ts";
import { gradeOnTun, notOnTun } from "../real-tun/grade-on-tun.ts";
import { realTunId } from "../real-tun/real-tun-check.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { bundleSubmission, driverEntry } from "./bundle-submission.ts";
import { gradeChecks } from "./grade-checks.ts";
import { checksHash, kitHash, submissionHash, verdictsHash } from "./kit-hashes.ts";
import { type LabSources, referenceSources, sourcesOf } from "./lab-sources.ts";
import { type GradeLimits, usualLimits } from "./limits.ts";
import { type DriverStarter, driverStarter } from "./start-drivers.ts";
import { typeFaultsOf } from "./type-check.ts";

export type GradeSettings = {
  readonly labs: readonly LabId[];
  readonly seed: number;
  readonly sandbox: Sandbox;
  readonly limits?: GradeLimits;
  /** Later labs stand on the submission's own labs 1 to 3, and not on the reference's: a mistake made early costs again. */
  readonly integrated?: boolean;
  /** The ids of the checks that are wanted, if not all are: points are of these alone. */
  readonly only?: readonly string[];
  /** The instructor's own checks, besides the labs'. */
  readonly hidden?: HiddenChecks;
  /** The grade is not wanted any more: what has not been run is not run. */
  readonly signal?: AbortSignal;
};

/** The labs that others are built on. */
const foundations: readonly LabId[] = ["lab-1", "lab-2", "lab-3"];

/**
 * Grades one submission. Its code runs in the sandbox only; checks and verdicts are here. When this resolves nothing of the submission is
 * running. Never rejects: what goes wrong with the grader itself stands in the grade as its problem.
 */
export async function gradeSubmission(submission: Submission, settings: GradeSettings): Promise<SubmissionGrade> {
  const { sources, missing } = sourcesOf(submission.files);
  const until = performance.now() + (settings.limits ?? usualLimits).submission;
  const isOver = () => settings.signal?.aborted === true || performance.now() > until;
  const starters = new Map<LabId, DriverStarter>();
  const labs: LabGrade[] = [];
  let problem: string | undefined;
  try {
    const types = typesOf(sources, settings);
    for (const lab of settings.labs) starters.set(lab, starterOf(lab, sources, settings));
    for (const [index, id] of settings.labs.entries()) {
      const after = settings.labs[index + 1];
      if (after !== undefined) starters.get(after)?.warmUp();
      const checks = await checksOf(id, starters.get(id), settings, isOver);
      const more = id === "lab-4" ? await onTun(sources, checks, settings, isOver) : [];
      labs.push(await labGrade(id, missing[id], await types(id), [...checks, ...more]));
    }
  } catch (error) {
    problem = `The grader itself failed: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await Promise.all([...starters.values()].map((starter) => starter.close()));
  }
  return wholeGrade(submission, labs, settings, problem);
}

/** The labs that a lab is graded on. */
function sourcesFor(lab: LabId, sources: LabSources, integrated: boolean): LabSources {
  const reference = integrated || foundations.includes(lab) ? undefined : referenceSources();
  if (reference === undefined) return sources;
  return { ...sources, ...Object.fromEntries(foundations.map((id) => [id, reference[id]])) };
}

function starterOf(
  lab: LabId,
  sources: LabSources,
  { sandbox, limits = usualLimits, integrated = false, signal }: GradeSettings,
): DriverStarter {
  const program = bundleSubmission(driverEntry(lab), sourcesFor(lab, sources, integrated));
  // Whoever starts a driver hears of the failure.
  program.catch(() => {});
  return driverStarter(sandbox, program, limits, signal);
}

/** Begins to check the types of all labs: of those that stand on the same labs, together. */
function typesOf(sources: LabSources, { labs, integrated = false }: GradeSettings): (lab: LabId) => Promise<readonly TypeFault[]> {
  const groups = [labs.filter((lab) => foundations.includes(lab)), labs.filter((lab) => !foundations.includes(lab))];
  const checked = groups.flatMap((group) => {
    const [lab] = group;
    if (lab === undefined) return [];
    const faults = typeFaultsOf(group, sourcesFor(lab, sources, integrated));
    // Whoever asks hears of the failure.
    faults.catch(() => {});
    return [{ group, faults }];
  });
  return async (lab) => {
    const faults = await checked.find(({ group }) => group.includes(lab))?.faults;
    return (faults ?? []).filter(({ file }) => file.startsWith(labFolders[lab]));
  };
}

async function checksOf(
  id: LabId,
  starter: DriverStarter | undefined,
  { seed, limits = usualLimits, only, hidden = noHiddenChecks }: GradeSettings,
  isOver: () => boolean,
): Promise<readonly CheckGrade[]> {
  const own = await registry[id]?.();
  const members = await labMembers[id]?.();
  if (own === undefined || members === undefined || starter === undefined) throw new Error(`There are no checks for ${id}.`);
  const lab = withHiddenChecks(own, hidden);
  const wanted = lab.checks.filter((check) => only?.includes(check.id) ?? true);
  const checks = await gradeChecks({ lab, checks: wanted, members: Object.keys(members), seed, limits, startDriver: starter.next, isOver });
  return markHidden(checks, hidden);
}

/** The step with a real TUN, beyond the checks: for a server whose shell does something already. */
async function onTun(
  sources: LabSources,
  checks: readonly CheckGrade[],
  { sandbox, seed, limits = usualLimits, integrated = false, only }: GradeSettings,
  isOver: () => boolean,
): Promise<readonly CheckGrade[]> {
  if (only?.includes(realTunId) === false) return [];
  const works = only !== undefined || checks.some(({ id, status }) => id.startsWith("lab-4.shell-") && status === "passed");
  if (!works) return [notOnTun("no check of the shell passes yet")];
  return [await gradeOnTun(sourcesFor("lab-4", sources, integrated), { sandbox, seed, limits, isOver })];
}

async function labGrade(
  id: LabId,
  missingFiles: readonly string[],
  typeFaults: readonly TypeFault[],
  checks: readonly CheckGrade[],
): Promise<LabGrade> {
  const title = (await registry[id]?.())?.title ?? id;
  const misconceptions = likelyMisconceptions(id, checks).map(({ name, says, section, fit }) => ({ name, says, section, fit }));
  return { lab: id, title, missingFiles, typeFaults, checks, ...sumOf(checks), misconceptions };
}

function sumOf(parts: readonly { readonly earned: number; readonly points: number }[]) {
  return {
    earned: parts.reduce((sum, { earned }) => sum + earned, 0),
    points: parts.reduce((sum, { points }) => sum + points, 0),
  };
}

let kit: string | undefined;
const hashOfChecks = new WeakMap<HiddenChecks, string>();

function wholeGrade(
  { files, ...submission }: Submission,
  labs: readonly LabGrade[],
  { seed, sandbox, hidden = noHiddenChecks }: GradeSettings,
  problem: string | undefined,
): SubmissionGrade {
  kit ??= kitHash();
  const checks = hashOfChecks.get(hidden) ?? checksHash(hidden.sources);
  hashOfChecks.set(hidden, checks);
  const { earned, points } = sumOf(labs);
  const receipt = {
    kit,
    checks,
    submission: submissionHash(files),
    node: process.version,
    seed,
    tier: sandbox.tier,
    // Whether there can be a real TUN is a matter of the computer.
    verdicts: verdictsHash(labs.flatMap(({ checks }) => checks.filter(({ id }) => id !== realTunId))),
  };
  return {
    submission,
    labs,
    earned,
    points,
    adjustments: [],
    total: earned,
    tier: sandbox.tier,
    probes: sandbox.probes,
    receipt,
    ...(problem === undefined ? {} : { problem }),
  };
}
