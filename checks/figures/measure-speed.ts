import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { optimize } from "#checks/harness/run/optimizing.ts";
import { bundle } from "#launch/bundle.mjs";
import type { Implementation, LabId } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/** A lab that takes longer is stopped, in milliseconds: it takes a third of a second. */
const usualPatience = 20_000;

/** What is measured of each lab. */
export const measured: Readonly<Record<LabId, string>> = {
  "lab-1": "decoding a stream of messages",
  "lab-2": "lending and returning addresses",
  "lab-3": "the ticks of a heartbeat",
  "lab-4": "packets through the core, both ways",
  "lab-5": "packets through the interface, both ways",
};

/**
 * How long a lab's code takes for its work, in multiples of a plain loop that runs beside it. In a thread of its own, which is stopped when
 * it does not end.
 *
 * @returns `undefined` when it does not do that work
 */
export async function measureSpeed(
  lab: LabId,
  implementation: Implementation,
  { patience = usualPatience }: { readonly patience?: number } = {},
): Promise<number | undefined> {
  const program = await bundle(join(root, "checks", "figures", "speed", `${lab}.ts`), implementation).catch(() => undefined);
  if (program === undefined) return undefined;
  // The checks that have just been run wanted it otherwise.
  optimize("usual");
  const worker = new Worker(program.file, { stdout: true, stderr: true, env: { NODE_ENV: "test" } });
  return new Promise((done) => {
    const timer = setTimeout(() => void worker.terminate(), patience);
    worker.on("message", (ratio: unknown) => {
      if (typeof ratio === "number" && Number.isFinite(ratio)) done(ratio);
      void worker.terminate();
    });
    worker.on("error", () => {});
    worker.on("exit", () => {
      clearTimeout(timer);
      done(undefined);
    });
  });
}
