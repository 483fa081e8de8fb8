import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { StrykerOptions } from "@stryker-mutator/api/core";
import { DryRunStatus, MutantRunStatus, type TestRunner, TestStatus } from "@stryker-mutator/api/test-runner";
import type { LabChecks } from "#checks/harness/check.ts";
import type { CheckResult } from "#checks/harness/check-result.ts";
import { registry } from "#checks/harness/registry.ts";
import { type Limits, usualLimits } from "#checks/harness/run/limits.ts";
import { type Prepared, prepareWorker } from "#checks/harness/run/prepare.ts";
import { supervise } from "#checks/harness/run/supervise.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { implementationFrom, type LabId, labFolders } from "#launch/implementation.mjs";

/** Much more patience than a student's run has: a mutant must not count as endless because the computer was busy. */
const limits: Limits = { ...usualLimits, check: 10_000, laterCheck: 10_000, loading: 10_000, starting: 120_000 };

/** How often a mutant may be passed in one run before it is taken for an endless loop. No check comes near. */
const mostPasses = 200_000_000;

/**
 * Runs the checks of one lab on Stryker's copy of its reference. Stryker puts all mutants into the same files, each behind a question
 * whether it is the active one; so one bundle does for all of them, and each gets a fresh thread.
 */
export function createCheckRunner(options: StrykerOptions): TestRunner {
  const id = options["kitLab"] as LabId;
  let lab: LabChecks<unknown>;
  let ids: readonly string[];
  let prepared: Prepared;
  // Stryker starts this process in the copy.
  const starter = join(process.cwd(), `mutant-${process.pid}.mjs`);

  /** @param mutant `undefined` for the reference as it is */
  async function run(mutant: string | undefined, untilFailure: boolean): Promise<readonly CheckResult[]> {
    const state = { activeMutant: mutant, hitCount: 0, hitLimit: mostPasses };
    const lines = [
      `globalThis.__stryker__ = ${JSON.stringify(state)};`,
      `export const { members } = await import(${JSON.stringify(pathToFileURL(prepared.file).href)});`,
    ];
    writeFileSync(starter, lines.join("\n"));
    return supervise({ ...prepared, file: starter }, lab, ids, defaultSeed, undefined, limits, { untilFailure });
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),

    init: async () => {
      const checks = await registry[id]?.();
      if (checks === undefined) throw new Error(`There are no checks for ${id}.`);
      lab = checks;
      ids = checks.checks.map((check) => check.id);
      prepared = await prepareWorker(id, { ...implementationFrom("reference"), [id]: join(process.cwd(), "reference", labFolders[id]) });
    },

    dryRun: async () => ({
      status: DryRunStatus.Complete,
      tests: (await run(undefined, false)).map((result) => {
        const test = { id: result.id, name: result.id, timeSpentMs: 0 };
        return result.status === "passed"
          ? { ...test, status: TestStatus.Success }
          : { ...test, status: TestStatus.Failed, failureMessage: result.failure?.headline ?? result.status };
      }),
    }),

    mutantRun: async ({ activeMutant }) => {
      try {
        const results = await run(activeMutant.id, true);
        const failed = results.find(({ status }) => status !== "passed");
        if (failed === undefined) return { status: MutantRunStatus.Survived, nrOfTests: results.length };
        // The next mutant stands near this one: it most likely meets the same check.
        ids = [failed.id, ...ids.filter((other) => other !== failed.id)];
        return { status: MutantRunStatus.Killed, killedBy: [failed.id], failureMessage: failed.status, nrOfTests: results.length };
      } catch (error) {
        return { status: MutantRunStatus.Error, errorMessage: firstLines(error instanceof Error ? error.message : String(error)) };
      }
    },
  };
}

/** What went wrong, without the stack that follows it. */
function firstLines(text: string): string {
  return text.split(/\n\s+at /)[0]?.replace(/\s+/g, " ") ?? "";
}
