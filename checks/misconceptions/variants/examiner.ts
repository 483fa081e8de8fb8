import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { LabChecks } from "#checks/harness/check.ts";
import { registry } from "#checks/harness/registry.ts";
import { usualLimits } from "#checks/harness/run/limits.ts";
import { optimize } from "#checks/harness/run/optimizing.ts";
import { aboutOf } from "#checks/harness/run/run-check.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { bundleLab } from "./bundle-lab.ts";
import type { ExaminedCheck, ExamineTask } from "./examine.program.ts";
import { withSpoiltLab } from "./spoilt-lab.ts";
import type { Variant } from "./variant.ts";
import { watchExamination } from "./watch-examination.ts";

/** Which checks, and with which seed. */
type Examination = {
  /** By default the lab's required ones, and the variant's own where that is an extra one. */
  readonly ids?: readonly string[];
  readonly seed?: number;
};

/** Runs checks on one variant after the other, in threads that stay warm. */
export type Examiner = {
  readonly examine: (variant: Variant, examination?: Examination) => Promise<readonly ExaminedCheck[]>;
  readonly close: () => Promise<void>;
};

/** How long a check may compute, in milliseconds, before there was an endless loop in this variant, and after: many times what most need. */
const usualPatience = 1_200;
const laterPatience = 400;

const program = join(root, "checks", "misconceptions", "variants", "examine.program.ts");

/**
 * @param threads how many variants are examined side by side: more than one where checks wait for something
 * @param options.patience more where no variant is endless, and checks make long failures short
 */
export function createExaminer(threads = 1, { patience = usualPatience } = {}): Examiner {
  const lanes = Array.from({ length: threads }, () => createLane(threads, patience));
  return {
    examine: async (variant, { ids, seed = defaultSeed } = {}) => {
      const lab = await registry[variant.lab]?.();
      if (lab === undefined || lab.checks.every(({ id }) => id !== variant.check)) throw new Error(`There is no check ${variant.check}.`);
      const required = lab.checks.map(({ id }) => id).filter((id) => id === variant.check || (lab.points[id] ?? 0) > 0);
      return withSpoiltLab(variant, async (implementation, folder) => {
        const task = { bundle: await bundleLab(variant.lab, implementation, folder), ids: ids ?? required, seed };
        const lane = lanes.toSorted((a, b) => a.waiting() - b.waiting())[0];
        if (lane === undefined) throw new Error("An examiner without threads.");
        return lane.examine(lab, task);
      });
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

/**
 * One thread, which does one task after the other and is made anew when a check has taken it down.
 *
 * @param threads how many share the time of the processor that is measured
 */
function createLane(threads: number, patience: number) {
  let warm: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function stop(): Promise<void> {
    const worker = await warm;
    warm = undefined;
    await worker?.terminate();
  }

  async function examine(lab: LabChecks<unknown>, task: Omit<ExamineTask, "lab">): Promise<readonly ExaminedCheck[]> {
    const results = new Map<string, ExaminedCheck>();
    let computing = patience * threads;
    for (let todo = task.ids; todo.length > 0; todo = task.ids.filter((id) => !results.has(id))) {
      warm ??= start();
      const lost = await watchExamination(await warm, { ...task, lab: lab.id, ids: todo }, computing, (result) => {
        results.set(result.id, result);
      });
      if (lost === undefined) break;
      await stop();
      if (lost.status === "endless") computing = laterPatience * threads;
      const check = lab.checks.find(({ id }) => id === lost.id);
      if (check === undefined) throw new Error(`There is no check ${lost.id}.`);
      results.set(lost.id, { ...aboutOf(lab, check), status: lost.status, earned: 0, isSeeded: false, isReal: false });
    }
    return task.ids.flatMap((id) => results.get(id) ?? []);
  }

  return {
    waiting: () => waiting,
    stop,
    examine: (lab: LabChecks<unknown>, task: Omit<ExamineTask, "lab">) => {
      waiting++;
      const results = last.then(() => examine(lab, task)).finally(() => waiting--);
      last = results.catch(() => undefined);
      return results;
    },
  };
}

async function start(): Promise<Worker> {
  const { file } = await bundle(program, implementationFrom("reference"));
  // As a student's checks are run: each variant is code that V8 has not seen yet.
  optimize("late");
  return new Worker(file, {
    execArgv: ["--enable-source-maps"],
    resourceLimits: { maxOldGenerationSizeMb: usualLimits.heap },
    stdout: true,
  });
}
