import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Millis } from "#contract/vocabulary.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { type ConformanceCase, type Pace, paceOf } from "./case.ts";
import type { CaseResult } from "./case-result.ts";
import { type LaneJob, runLane } from "./lane.ts";
import type { TestedServer } from "./server/server-command.ts";
import { memorySite } from "./site.ts";

export type SuiteOptions = {
  readonly cases: readonly ConformanceCase[];
  readonly server: TestedServer;
  /** The command that starts a program in a network of its own; without it the server runs right here, with an internet in its memory. */
  readonly network: readonly string[] | undefined;
  readonly patience: Millis;
  readonly seed: number;
};

/** Each pace has a server of its own, so that the long waits pass side by side with all the rest. */
const paces: readonly Pace[] = ["timing", "suspended", "quick"];

/** Runs cases, and tells each result as soon as it is there. */
export async function runSuite(
  { cases, server, network, patience, seed }: SuiteOptions,
  report: (result: CaseResult) => void,
): Promise<void> {
  const jobs = paces
    .map((pace): LaneJob => ({ cases: cases.filter((each) => paceOf(each) === pace).map(({ id }) => id), server, patience, seed }))
    .filter((job) => job.cases.length > 0);
  if (network !== undefined) await Promise.all(jobs.map((job) => runLaneIn(network, job, report)));
  else if (server.kind === "own") await Promise.all(jobs.map((job) => runLaneHere(job, report)));
  // There is one network, and the server listens where it does.
  else for (const job of jobs) await runLaneHere(job, report);
}

async function runLaneHere(job: LaneJob, report: (result: CaseResult) => void): Promise<void> {
  const { server } = job;
  const address =
    server.kind === "given"
      ? { ...server.address, host: server.address.host.replace(/^::$/, "::1") }
      : { host: "::1", port: await freePort() };
  await runLane(job, { site: memorySite, address }, report);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "::1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system names no free port.");
  return address.port;
}

/** In a process of its own. The cases that it leaves without a result, because it dies, have failed. */
async function runLaneIn(network: readonly string[], job: LaneJob, report: (result: CaseResult) => void): Promise<void> {
  const { file } = await bundle(join(root, "checks/end-to-end/conformance/lane.program.ts"), implementationFrom("labs"));
  const [command = "", ...args] = [...network, process.execPath, "--enable-source-maps", file];
  const lane = spawn(command, args, { stdio: ["ignore", "inherit", "pipe", "ipc"] });
  let complaints = "";
  lane.stderr?.on("data", (text: Buffer) => {
    complaints += text.toString();
  });
  const missing = new Set(job.cases);
  lane.on("message", (result: CaseResult) => {
    missing.delete(result.id);
    report(result);
  });
  lane.send(job);
  await once(lane, "close");
  for (const id of missing) {
    const failure = {
      story: [],
      at: undefined,
      headline: "the process that tests the server has ended",
      detail: [{ kind: "note" as const, text: complaints }],
    };
    report({ id, status: "failed", duration: 0, failure, printed: "", neverUp: false });
  }
}
