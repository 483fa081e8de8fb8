import type { Millis } from "#contract/vocabulary.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { userFolder } from "#launch/root.mjs";
import { allCases } from "./all-cases.ts";
import { type ConformanceCase, paceOf } from "./case.ts";
import type { CaseResult } from "./case-result.ts";
import { runCase } from "./run-case.ts";
import { commandOf, type TestedServer } from "./server/server-command.ts";
import { createServerUnderTest, type ServerUnderTest } from "./server/server-under-test.ts";
import type { Site } from "./site.ts";

/** The cases of one lane share a server. Plain data: a lane may run in a process of its own. */
export type LaneJob = {
  /** Ids, in the order in which they run. */
  readonly cases: readonly string[];
  readonly server: TestedServer;
  readonly patience: Millis;
  readonly seed: number;
};

export type LanePlace = { readonly site: Site; readonly address: Endpoint };

type Report = (result: CaseResult) => void;

/** Runs a lane's cases, and tells each result as soon as it is there. */
export async function runLane(job: LaneJob, { site, address }: LanePlace, report: Report): Promise<void> {
  const server = createServerUnderTest({ command: commandOf(job.server, address), address, cwd: userFolder, env: process.env });
  const cases = allCases.filter(({ id }) => job.cases.includes(id));
  const options = { server, site, patience: job.patience, seed: job.seed };
  try {
    await inTurn(
      cases.filter((each) => paceOf(each) === "quick"),
      server,
      (each) => runCase(each, { ...options, alone: (work) => work() }),
      report,
    );
    const alone = createLock();
    await Promise.all(
      cases.filter((each) => paceOf(each) !== "quick").map(async (each) => report(await runCase(each, { ...options, alone }))),
    );
  } finally {
    await server.kill();
  }
}

/** After a failure the next case gets a new server, so that one fault is not told twice. */
async function inTurn(
  cases: readonly ConformanceCase[],
  server: ServerUnderTest,
  run: (each: ConformanceCase) => Promise<CaseResult>,
  report: Report,
): Promise<void> {
  let missing = false;
  for (const each of cases) {
    if (each.freshServer) await server.kill();
    const result: CaseResult = missing
      ? { id: each.id, status: "not-tested", why: "the server does not start", duration: 0 }
      : await run(each);
    report(result);
    if (result.status === "failed") await server.kill();
    if (result.status === "failed" && result.neverUp) missing = true;
  }
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
