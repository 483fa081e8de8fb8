import type { Check, LabChecks } from "#checks/harness/check.ts";
import type { CheckResult, FailureReport } from "#checks/harness/check-result.ts";
import { aboutOf, runCheck, storyFor, strayResult } from "#checks/harness/run/run-check.ts";
import { strayGrace } from "#checks/harness/run/stray-errors.ts";
import { lostHeadline } from "#checks/harness/run/supervise.ts";
import type { CheckGrade } from "../model/grade.ts";
import type { DriverProcess } from "./driver-process.ts";
import { allHarmless, harmless } from "./harmless.ts";
import type { GradeLimits } from "./limits.ts";
import type { Stop } from "./stop.ts";

/** Checks of one lab to be run on one submission. */
export type CheckRun = {
  readonly lab: LabChecks<unknown>;
  readonly checks: readonly Check<unknown>[];
  /** The names by which the lab's functions are reached. */
  readonly members: readonly string[];
  readonly seed: number;
  readonly limits: GradeLimits;
  /** Starts a driver that has loaded nothing yet. */
  readonly startDriver: () => Promise<DriverProcess>;
  /** Whether there is no time left: what has not been run is not run. */
  readonly isOver: () => boolean;
};

/** How a check ended that got no answer: as in the terminal, and why. */
type Lost = { readonly stop: Stop; readonly printed: string };

/** After so many checks that did not end, patience is shorter. */
const patientTimes = 2;
const longestText = 2_000;

/**
 * Runs a lab's checks here, on code that runs in a sandbox. A check that gets no answer costs itself only: the driver is ended, and
 * another one goes on with the next check. Rejects only when no driver can be started.
 */
export async function gradeChecks(run: CheckRun): Promise<readonly CheckGrade[]> {
  const { lab, limits } = run;
  const broken: Record<string, string> = {};
  const grades: CheckGrade[] = [];
  const closing: Promise<void>[] = [];
  let driver: DriverProcess | undefined;
  let stops = 0;
  try {
    for (const check of run.checks) {
      driver ??= await readyDriver(run, broken);
      if (driver === undefined) {
        grades.push(notRun(lab, check));
        continue;
      }
      driver.allow(stops < patientTimes ? limits.check : limits.laterCheck);
      const ended = await runInDriver(run, check, driver);
      if ("status" in ended) {
        grades.push(gradeOf(ended, driver.printed()));
      } else {
        stops++;
        grades.push(lostGrade(lab, check, ended));
        closing.push(driver.close());
        driver = undefined;
      }
    }
  } finally {
    await Promise.all([...closing, driver?.close()]);
  }
  return grades;
}

/** A driver that has loaded each member, but for those in `broken`, to which it adds what it finds. `undefined` when time is over. */
async function readyDriver(run: CheckRun, broken: Record<string, string>): Promise<DriverProcess | undefined> {
  const { lab, members, limits } = run;
  while (!run.isOver()) {
    const driver = await run.startDriver();
    driver.allow(limits.starting);
    const start = await orStop(driver, driver.start(lab.shape, broken));
    if (start !== undefined) {
      await driver.close();
      if (run.isOver()) return undefined;
      throw new Error(`The driver could not be started: ${start.sentence}.`);
    }
    const culprit = await firstNotLoaded(
      driver,
      members.filter((member) => broken[member] === undefined),
      limits,
    );
    if (culprit === undefined) return driver;
    broken[culprit.member] = culprit.stop.sentence;
    await driver.close();
  }
  return undefined;
}

async function firstNotLoaded(driver: DriverProcess, members: readonly string[], limits: GradeLimits) {
  for (const member of members) {
    driver.allow(limits.loading);
    const stop = await orStop(driver, driver.load(member));
    if (stop !== undefined) return { member, stop };
  }
  return undefined;
}

/** Waits for `work`, or for the driver's end, and says why it ended. */
async function orStop(driver: Pick<DriverProcess, "stopped">, work: Promise<unknown>): Promise<Stop | undefined> {
  return Promise.race([work.then(() => undefined), driver.stopped]);
}

/** Runs one check, as the terminal does (`checks/harness/run/stray-errors.ts`). */
export async function runInDriver(
  { lab, seed }: Pick<CheckRun, "lab" | "seed">,
  check: Check<unknown>,
  driver: Pick<DriverProcess, "printed" | "begin" | "loopback" | "stopped" | "finish">,
): Promise<CheckResult | Lost> {
  driver.printed();
  const { channel, strayed, cut } = driver.begin();
  const { loopback } = driver;
  const story = storyFor(false);
  let stray: CheckResult | undefined;
  let timer: NodeJS.Timeout | undefined;
  const givenUp = strayed.then((error) => {
    const found = strayResult(lab, check, error, story);
    stray = found;
    return new Promise<CheckResult>((resolve) => {
      timer = setTimeout(() => resolve(found), strayGrace);
    });
  });
  const result = runCheck(lab, check, channel, seed, { loopback, story }).catch((error: unknown) => unreadable(lab, check, error));
  const stopped = driver.stopped.then((stop) => ({ stop, printed: driver.printed() }));
  const ended = await Promise.race([result, givenUp, stopped]);
  clearTimeout(timer);
  // What is on its way, and what was left behind, may fail yet: in this check, and not in the next.
  cut();
  const stop = await orStop(driver, driver.finish());
  return stop === undefined ? (stray ?? ended) : stopped;
}

/** A check reads what the contract promises. What it trips over otherwise, it was given. */
function unreadable(lab: LabChecks<unknown>, check: Check<unknown>, error: unknown): CheckResult {
  const headline = "the check could not make sense of what your code answered: it is of another form than its contract says";
  const detail = [{ kind: "note", text: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }] as const;
  return { ...aboutOf(lab, check), status: "failed", earned: 0, failure: { story: [], at: undefined, headline, detail } };
}

function gradeOf(result: CheckResult, printed: string): CheckGrade {
  const { id, title, rule, points, earned, status, failure, missing } = result;
  if (status === "endless" || status === "crashed") throw new Error(`${id} ended as ${status}, which nothing here says.`);
  return {
    id,
    title,
    rule,
    points,
    earned,
    status,
    ...(failure === undefined ? {} : { failure: allHarmless(wordsOf(failure), longestText) }),
    ...(missing === undefined ? {} : { missing: harmless(missing) }),
    ...(printed === "" ? {} : { printed: harmless(printed) }),
    hidden: false,
  };
}

/** A failure without its packets: no report shows them, and what a lab answers may be of any length. */
function wordsOf({ story, at, headline, detail }: FailureReport): FailureReport {
  return { story: story.map((line) => ({ at: line.at, verb: line.verb, words: line.words })), at, headline, detail };
}

function lostGrade(lab: LabChecks<unknown>, check: Check<unknown>, { stop, printed }: Lost): CheckGrade {
  const headline = lostHeadline(stop.reason === "timeout" ? "endless" : "crashed", stop.sentence);
  return {
    ...aboutOf(lab, check),
    earned: 0,
    status: "stopped",
    reason: stop.reason,
    failure: { story: [], at: undefined, headline, detail: [] },
    ...(printed === "" ? {} : { printed: harmless(printed) }),
    hidden: false,
  };
}

function notRun(lab: LabChecks<unknown>, check: Check<unknown>): CheckGrade {
  return { ...aboutOf(lab, check), earned: 0, status: "not-run", missing: "the time for this submission was used up", hidden: false };
}
