import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LabChecks } from "#checks/harness/check.ts";
import type { CheckResult } from "#checks/harness/check-result.ts";
import { createHost } from "#checks/harness/host.ts";
import { prepareWorker } from "#checks/harness/run/prepare.ts";
import { runCheck } from "#checks/harness/run/run-check.ts";
import { catchStrayErrors } from "#checks/harness/run/stray-errors.ts";
import { supervise } from "#checks/harness/run/supervise.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { registeredLabs } from "#checks/kit/promises/registered-labs.ts";
import { allVariants } from "#checks/misconceptions/variants/all-variants.ts";
import type { Variant } from "#checks/misconceptions/variants/variant.ts";
import { hasReference, type Implementation, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { CheckGrade } from "../model/grade.ts";
import { memorySubmission } from "../model/memory-submission.ts";
import { talkWith } from "../run/driver-process.ts";
import { runInDriver } from "../run/grade-checks.ts";
import { gradeSubmission } from "../run/grade-submission.ts";
import { type LabSources, referenceSources, skeletonFiles } from "../run/lab-sources.ts";
import { usualLimits } from "../run/limits.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { channelTo, membersHere, pieceOf, programOf, shapesOf, spoiltSources } from "./variant-program.ts";

/** With KIT_EVERY_CHECK=1 each variant runs every check of its lab, in both modes: minutes. Else the check that is to find it. */
const everyCheck = process.env["KIT_EVERY_CHECK"] === "1";

let sandbox: Sandbox;
let folder = "";
beforeAll(async () => {
  sandbox = await openSandbox();
  mkdirSync(join(root, ".kit"), { recursive: true });
  folder = mkdtempSync(join(root, ".kit", "two-modes-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

/** What must be the same in both modes. */
type Verdict = { readonly id: string; readonly status: string; readonly headline: string | undefined };

function verdictHere({ id, status, failure }: CheckResult): Verdict {
  const stopped = status === "endless" || status === "crashed";
  return { id, status: stopped ? "stopped" : status, headline: stopped ? undefined : failure?.headline };
}

function verdictThere({ id, status, failure }: CheckGrade): Verdict {
  return { id, status, headline: status === "stopped" ? undefined : failure?.headline };
}

/** Runs these checks in the terminal's way, in a worker thread, on labs that are written into a folder. */
async function runHere(
  lab: LabChecks<unknown>,
  ids: readonly string[],
  sources: LabSources,
  limits = usualHere,
): Promise<readonly Verdict[]> {
  const home = mkdtempSync(join(folder, "labs-"));
  for (const id of labIds) {
    mkdirSync(join(home, labFolders[id]));
    for (const [name, text] of sources[id]) writeFileSync(join(home, labFolders[id], name), text);
  }
  const implementation = Object.fromEntries(labIds.map((id) => [id, join(home, labFolders[id])])) as Implementation;
  return (await supervise(await prepareWorker(lab.id, implementation), lab, ids, defaultSeed, undefined, limits)).map(verdictHere);
}
const usualHere = { check: 20_000, laterCheck: 20_000, loading: 20_000, starting: 60_000, heap: 512, memory: 1_536 };

async function gradeThere(lab: LabChecks<unknown>, only: readonly string[], sources: LabSources, limits = usualLimits) {
  const texts = Object.fromEntries(labIds.flatMap((id) => [...sources[id]].map(([name, text]) => [`${labFolders[id]}/${name}`, text])));
  const grade = await gradeSubmission(memorySubmission("x", texts), { labs: [lab.id], seed: defaultSeed, sandbox, limits, only });
  expect(grade.problem).toBeUndefined();
  return (grade.labs[0]?.checks ?? []).map(verdictThere);
}

/** The reference, and skeletons on it. */
function skeletonsOn(lab: LabChecks<unknown>): LabSources {
  return { ...reference(), [lab.id]: skeletonFiles(lab.id) };
}

function reference(): LabSources {
  const sources = referenceSources();
  if (sources === undefined) throw new Error("There is no reference.");
  return sources;
}

describe.skipIf(!hasReference).each(registeredLabs)("both modes say the same about $id", (lab) => {
  const ids = lab.checks.map(({ id }) => id);
  const quick = allVariants[lab.id].filter(({ stopped }) => stopped === undefined);
  const slow = allVariants[lab.id].filter(({ stopped }) => stopped);

  it("of the reference", async () => {
    const here = await runHere(lab, ids, reference());
    expect(here.length).toBeGreaterThan(20);
    expect(await gradeThere(lab, ids, reference())).toEqual(here);
  });

  it("of the skeleton", async () => {
    const here = await runHere(lab, ids, skeletonsOn(lab));
    expect(new Set(here.map(({ status }) => status))).toEqual(new Set(["not-started"]));
    expect(await gradeThere(lab, ids, skeletonsOn(lab))).toEqual(here);
  });

  it(
    everyCheck ? "of each misconception, in every check" : "of each misconception, in the check that finds it",
    async () => {
      const differing = await differences(lab, quick);
      expect(differing).toEqual([]);
      expect(quick.length).toBeGreaterThan(20);
    },
    everyCheck ? 1_200_000 : 300_000,
  );

  it.each(slow)("of code that has to be stopped: $name", async (variant) => {
    const [sources, patience] = [spoiltSources(variant), 1_000];
    const here = await runHere(lab, [variant.check], sources, { ...usualHere, check: patience });
    const limits = { ...usualLimits, check: { cpu: patience, clock: 60_000 } };
    expect(await gradeThere(lab, [variant.check], sources, limits)).toEqual(here);
    expect(here[0]?.status).toBe("stopped");
  });
});

/** Runs each variant's check in this process, and in one sandbox for all of them. */
async function differences(lab: LabChecks<unknown>, variants: readonly Variant[]): Promise<readonly unknown[]> {
  const pieces = await Promise.all(variants.map(async (variant) => ({ variant, piece: await pieceOf(variant) })));
  const all = pieces.map(({ piece }) => piece);
  const members = Object.keys(lab.shape);
  const driver = talkWith(await sandbox.start(await programOf(all, members, reference())), usualLimits);
  const differing: unknown[] = [];
  let compared = 0;
  const giveBack = withoutListeners("uncaughtException", "unhandledRejection");
  const strayErrors = catchStrayErrors();
  try {
    await driver.start(shapesOf(all, lab.shape), {});
    for (const { variant, piece } of pieces) {
      // Loaded once, as there: what a file keeps from one check to the next is kept here too.
      const loaded = membersHere(piece, require);
      const onPiece = {
        ...driver,
        begin: () => {
          const begun = driver.begin();
          return { ...begun, channel: channelTo(piece, begun.channel) };
        },
      };
      for (const check of lab.checks.filter(({ id }) => everyCheck || id === variant.check)) {
        const ended = await runInDriver({ lab, seed: defaultSeed }, check, onPiece);
        const there = "status" in ended ? verdictHere(ended) : { id: check.id, ...ended };
        const run = () => runCheck(lab, check, createHost(loaded, lab.shape), defaultSeed);
        const here = verdictHere(await strayErrors.during(lab, check, run));
        if (JSON.stringify(here) !== JSON.stringify(there)) differing.push({ variant: variant.name, here, there });
        compared++;
      }
    }
  } finally {
    strayErrors.release();
    giveBack();
    await driver.close();
  }
  expect(compared).toBeGreaterThanOrEqual(variants.length);
  return differing;
}

/** Takes these events from whoever listens now: vitest would count an error of a wrong version as its own. @returns gives them back */
function withoutListeners(...events: readonly ("uncaughtException" | "unhandledRejection")[]): () => void {
  const taken = events.map((event) => ({ event, listeners: process.rawListeners(event) as NodeJS.UncaughtExceptionListener[] }));
  for (const { event } of taken) process.removeAllListeners(event);
  return () => {
    for (const { event, listeners } of taken) for (const listener of listeners) process.on(event, listener);
  };
}

const require = createRequire(import.meta.url);
