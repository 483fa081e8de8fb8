import type { Millis } from "#contract/vocabulary.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { type ConformanceCase, type Pace, paceOf } from "./case.ts";
import { freePort } from "./free-port.ts";
import { type LaneJob, type Report, runLane } from "./lane.ts";
import { runLaneIn } from "./run-lane-in.ts";
import type { TestedServer } from "./server/server-command.ts";
import { memorySite } from "./site.ts";
import { protocolTime, type TimeLimits } from "./time-limits.ts";

export type SuiteOptions = {
  readonly cases: readonly ConformanceCase[];
  readonly server: TestedServer;
  /** The command that starts a program in a network of its own; without it the server runs right here, with an internet in its memory. */
  readonly network: readonly string[] | undefined;
  readonly patience: Millis;
  /** The protocol's own if left out; a test need not wait for a minute. */
  readonly time?: TimeLimits;
  readonly seed: number;
};

/** Each pace has a server of its own, so that the long waits pass side by side with all the rest. */
const paces: readonly Pace[] = ["timing", "suspended", "quick"];

/** Runs cases, and tells each result as soon as it is there. */
export async function runSuite(
  { cases, server, network, patience, time = protocolTime, seed }: SuiteOptions,
  report: Report,
): Promise<void> {
  const jobs = paces
    .map((pace): LaneJob => ({ cases: cases.filter((each) => paceOf(each) === pace).map(({ id }) => id), server, patience, time, seed }))
    .filter((job) => job.cases.length > 0);
  if (network !== undefined) await Promise.all(jobs.map((job) => runLaneIn(network, job, report)));
  else if (server.kind === "own") await Promise.all(jobs.map((job) => runLaneHere(job, report)));
  // There is one network, and the server listens where it does.
  else for (const job of jobs) await runLaneHere(job, report);
}

async function runLaneHere(job: LaneJob, report: Report): Promise<void> {
  const left = await runLane(job, { site: memorySite, address: await addressHere(job.server) }, report);
  const why = "the server cannot be started again here; in a network of its own it could";
  for (const id of left) report({ id, status: "not-tested", why, duration: 0 });
}

async function addressHere(server: TestedServer): Promise<Endpoint> {
  if (server.kind === "own") return { host: "::1", port: await freePort() };
  const { host, port } = server.address;
  return { host: host === "::" ? "::1" : host, port };
}
