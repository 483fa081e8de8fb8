import { type LaneJob, runLane } from "./lane.ts";
import { createNetwork } from "./network.ts";
import type { LaneNews } from "./run-lane-in.ts";

// Runs a lane in the network that this process was started in, and tells each result to the process that started it.
// It ends with that process, and the server ends with it.

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
process.on("disconnect", () => process.exit(1));

function tell(news: LaneNews): void {
  process.send?.(news);
}

async function run(job: LaneJob): Promise<void> {
  const network = await createNetwork(job.server.kind === "given" ? job.server.address : { host: "::1", port: 5678 });
  const left = await runLane(job, network, (result) => tell({ kind: "result", result }));
  process.send?.({ kind: "left", cases: left } satisfies LaneNews, () => process.exit(0));
}

process.once("message", (job: LaneJob) => {
  run(job).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
