import { type LaneJob, runLane } from "./lane.ts";
import { createNetwork } from "./network.ts";

// Runs a lane in the network that this process was started in, and tells each result to the process that started it.
// It ends with that process, and the server ends with it.

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
process.on("disconnect", () => process.exit(1));

process.once("message", async (job: LaneJob) => {
  const network = await createNetwork(job.server.kind === "given" ? job.server.address : { host: "::1", port: 5678 });
  await runLane(job, network, (result) => process.send?.(result));
  process.exit(0);
});
