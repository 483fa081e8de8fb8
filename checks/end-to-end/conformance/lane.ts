import type { Millis } from "#contract/vocabulary.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { userFolder } from "#launch/root.mjs";
import { allCases } from "./all-cases.ts";
import { type ConformanceCase, paceOf } from "./case.ts";
import type { CaseResult } from "./case-result.ts";
import type { ExamOptions } from "./exam.ts";
import { runCase } from "./run-case.ts";
import { commandOf, type TestedServer } from "./server/server-command.ts";
import { createServerUnderTest } from "./server/server-under-test.ts";
import type { Site } from "./site.ts";
import type { TimeLimits } from "./time-limits.ts";

/** The cases of one lane share a server. Plain data: a lane may run in a process of its own. */
export type LaneJob = {
  /** Ids. */
  readonly cases: readonly string[];
  readonly server: TestedServer;
  readonly patience: Millis;
  readonly time: TimeLimits;
  readonly seed: number;
};

export type LanePlace = { readonly site: Site; readonly address: Endpoint };

export type Report = (result: CaseResult) => void;

/**
 * Runs a lane's cases, and tells each result as soon as it is there.
 *
 * @returns the cases that wait for a better place: the server has run here, and cannot be started here again
 */
export async function runLane(job: LaneJob, { site, address }: LanePlace, report: Report): Promise<readonly string[]> {
  const server = createServerUnderTest({ command: commandOf(job.server, address), address, cwd: userFolder, env: process.env });
  const cases = allCases.filter(({ id }) => job.cases.includes(id));
  const options = { server, site, patience: job.patience, time: job.time, seed: job.seed };
  const quick = cases.filter((each) => paceOf(each) === "quick");
  const slow = cases.filter((each) => paceOf(each) !== "quick");
  try {
    const left = await inTurn(quick, options, report);
    const alone = createLock();
    await Promise.all(slow.map(async (each) => report(await runCase(each, { ...options, alone }))));
    return left;
  } finally {
    await server.kill();
  }
}

/** After a failure the next case gets a new server, so that one fault is not told twice. */
async function inTurn(
  cases: readonly ConformanceCase[],
  options: Omit<ExamOptions, "alone" | "story">,
  report: Report,
): Promise<readonly string[]> {
  const { server } = options;
  let wasUp = false;
  for (const [index, each] of cases.entries()) {
    if (each.freshServer) await server.kill();
    const result = await runCase(each, { ...options, alone: (work) => work() });
    if (result.status === "failed" && result.neverUp) {
      const rest = cases.slice(index).map(({ id }) => id);
      if (wasUp) return rest;
      report(result);
      for (const id of rest.slice(1)) report({ id, status: "not-tested", why: "the server does not start", duration: 0 });
      return [];
    }
    wasUp = true;
    report(result);
    if (result.status === "failed") await server.kill();
  }
  return [];
}

/** One at a time, in the order of asking. */
function createLock(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
