import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { CaseResult } from "./case-result.ts";
import type { LaneJob, Report } from "./lane.ts";

/** What the process of a lane tells. */
export type LaneNews =
  | { readonly kind: "result"; readonly result: CaseResult }
  /** The last: these cases wait for another network. */
  | { readonly kind: "left"; readonly cases: readonly string[] };

/**
 * Runs a lane in a process, and a network, of its own. A server that cannot be started again in one network, because its port is still taken,
 * gets another one for the rest.
 *
 * @param network the command that starts a program in a network of its own
 */
export async function runLaneIn(network: readonly string[], job: LaneJob, report: Report): Promise<void> {
  const left = await runOnce(network, job, report);
  if (left.length > 0) await runLaneIn(network, { ...job, cases: left }, report);
}

async function runOnce(network: readonly string[], job: LaneJob, report: Report): Promise<readonly string[]> {
  const { file } = await bundle(join(root, "checks/end-to-end/conformance/lane.program.ts"), implementationFrom("labs"));
  const [command = "", ...args] = [...network, process.execPath, "--enable-source-maps", file] as readonly string[];
  const lane = spawn(command, args, { stdio: ["ignore", "inherit", "pipe", "ipc"] });
  const missing = new Set(job.cases);
  let left: readonly string[] = [];
  let complaints = "";
  lane.stderr?.on("data", (text: Buffer) => {
    complaints += text.toString();
  });
  lane.on("message", (news: LaneNews) => {
    switch (news.kind) {
      case "result":
        missing.delete(news.result.id);
        return report(news.result);
      case "left":
        left = news.cases;
        for (const id of left) missing.delete(id);
        return undefined;
      default:
        return news satisfies never;
    }
  });
  lane.send(job);
  await once(lane, "close");
  for (const id of missing) report(abandoned(id, complaints));
  return left;
}

/** The process has died before it could tell: nothing that a server does should lead here. */
function abandoned(id: string, complaints: string): CaseResult {
  const detail = [{ kind: "note", text: complaints.trim() || "It has not said why." }] as const;
  const failure = { story: [], at: undefined, headline: "the suite itself failed; this is not the server's fault", detail };
  return { id, status: "failed", duration: 0, failure, printed: "", neverUp: false };
}
