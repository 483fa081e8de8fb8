import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { memorySubmission } from "#checks/grader/model/memory-submission.ts";
import type { Submission } from "#checks/grader/model/submission.ts";
import { gradeSubmission } from "#checks/grader/run/grade-submission.ts";
import { type LabSources, referenceSources, skeletonFiles } from "#checks/grader/run/lab-sources.ts";
import { openSandbox } from "#checks/grader/sandbox/open-sandbox.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { allVariants } from "#checks/misconceptions/variants/all-variants.ts";
import { applyEdits } from "#checks/misconceptions/variants/variant.ts";
import { counted } from "#kit/counted.ts";
import { labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

const help = `npm run bench grader     submissions a minute: the grader, and one vitest run for each

  --submissions N    how many are graded: 40 if left out
  --vitest N         how many of them vitest is run on, spread evenly: 8 if left out
  --jobs N           how many are graded side by side: 2 if left out
  --help             this text`;

type Kind = "reference" | "skeleton" | "half done" | "misconceptions";
const kinds: readonly Kind[] = ["reference", "misconceptions", "half done", "misconceptions", "skeleton"];

/** A class in the middle of a term, graded in the sandbox and, some of it, by vitest. All five labs, every check. */
export async function run(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  if (options === "help") {
    console.log(help);
    return 0;
  }
  const reference = referenceSources();
  if (reference === undefined) throw new UsageError("There is no reference/ folder in this kit, and the submissions are made from it.");
  const all = Array.from({ length: options.submissions }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? "reference";
    return { kind, index, sources: sourcesOf(kind, Math.floor(index / kinds.length), reference) };
  });
  const sandbox = await openSandbox();
  try {
    console.log(`\n  ${counted(options.submissions, "submission")} of five labs: ${kindsInWords(all.map(({ kind }) => kind))}.`);
    console.log(`  Sandbox of tier ${sandbox.tier} (${sandbox.name}), ${options.jobs} side by side, type check included.\n`);
    // Each kind in its turn, from the beginning of the class to its end.
    const blocks = Math.ceil(all.length / kinds.length);
    const sampled = Array.from(
      { length: options.vitest },
      (_, turn) => Math.floor((turn * blocks) / options.vitest) * kinds.length + (turn % kinds.length),
    );
    const vitestOn = sampled.map((index) => all[index % all.length]).filter((each) => each !== undefined);
    const grades = new Map<number, number>();
    const seconds = await inSeconds(() =>
      sideBySide(options.jobs, all, async ({ index, sources }) => {
        const grade = await gradeSubmission(submissionOf(index, sources), { labs: labIds, seed: defaultSeed, sandbox });
        if (grade.problem !== undefined) throw new Error(grade.problem);
        grades.set(index, grade.earned);
      }),
    );
    const byGrader = (all.length / seconds) * 60;
    console.log(line("the grader, with the sandbox on", all.length, seconds, byGrader, 1));
    const vitestSeconds = await inSeconds(async () => {
      for (const each of vitestOn) await runVitest(each.sources);
    });
    const byVitest = (vitestOn.length / vitestSeconds) * 60;
    console.log(line("one vitest run a submission", vitestOn.length, vitestSeconds, byVitest, byGrader / byVitest));
    const byKind = kinds.map((kind) => all.filter((each) => each.kind === kind).map(({ index }) => grades.get(index) ?? 0));
    console.log(
      `\n  points: ${[...new Map(kinds.map((kind, index) => [kind, byKind[index]]))].map(([kind, points]) => `${kind} ${spanOf(points ?? [])}`).join(", ")}`,
    );
    console.log(
      `  vitest was run on ${vitestOn.length} of them (${kindsInWords(vitestOn.map(({ kind }) => kind))}), with all cores for each.`,
    );
    return 0;
  } finally {
    await sandbox.close();
  }
}

function readOptions(words: readonly string[]): { readonly submissions: number; readonly vitest: number; readonly jobs: number } | "help" {
  const { values } = parseArgs({
    args: [...words],
    options: {
      submissions: { type: "string", default: "40" },
      vitest: { type: "string", default: "8" },
      jobs: { type: "string", default: "2" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return "help";
  const whole = (name: "submissions" | "vitest" | "jobs") => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < 1)
      throw new UsageError(`--${name} ${values[name]}: give a whole number of at least 1.\n\n${help}`);
    return number;
  };
  return { submissions: whole("submissions"), vitest: Math.min(whole("vitest"), whole("submissions")), jobs: whole("jobs") };
}

/** Each misconception has its turn, one in every lab. */
function sourcesOf(kind: Kind, turn: number, reference: LabSources): LabSources {
  const skeleton = Object.fromEntries(labIds.map((lab) => [lab, skeletonFiles(lab)])) as unknown as LabSources;
  switch (kind) {
    case "reference":
      return reference;
    case "skeleton":
      return skeleton;
    case "half done":
      return { ...reference, "lab-4": skeleton["lab-4"], "lab-5": skeleton["lab-5"] };
    case "misconceptions": {
      const spoilt = labIds.map((lab) => {
        const quick = allVariants[lab].filter(({ stopped }) => stopped === undefined);
        const variant = quick[(turn * 13) % quick.length];
        const source = reference[lab].get(variant?.file ?? "");
        if (variant === undefined || source === undefined) return [lab, reference[lab]];
        return [lab, new Map([...reference[lab], [variant.file, applyEdits(source, variant.edits)]])];
      });
      return Object.fromEntries(spoilt);
    }
    default:
      return kind satisfies never;
  }
}

function submissionOf(index: number, sources: LabSources): Submission {
  return memorySubmission(`student-${index}`, textsOf(sources));
}

function textsOf(sources: LabSources): Readonly<Record<string, string>> {
  return Object.fromEntries(labIds.flatMap((lab) => [...sources[lab]].map(([name, text]) => [`${labFolders[lab]}/${name}`, text])));
}

/** All checks on labs in a folder, as `vitest run` does them. Its exit code says that some failed, and is no matter here. */
async function runVitest(sources: LabSources): Promise<void> {
  mkdirSync(join(root, ".kit"), { recursive: true });
  const folder = mkdtempSync(join(root, ".kit", "bench-grader-"));
  try {
    for (const lab of labIds) mkdirSync(join(folder, labFolders[lab]));
    for (const [path, text] of Object.entries(textsOf(sources))) writeFileSync(join(folder, path), text);
    const vitest = join(dirname(createRequire(join(root, "package.json")).resolve("vitest/package.json")), "vitest.mjs");
    const args = [vitest, "run", "--config", "checks/vitest.config.ts", "--project", "checks", "--reporter", "json"];
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, KIT_FROM: folder },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let report = "";
    child.stdout.on("data", (chunk: Buffer) => {
      report += chunk.toString("utf8");
    });
    await once(child, "close");
    const found = /"numTotalTests":(\d+)/.exec(report)?.[1];
    if (found === undefined || Number(found) === 0) throw new Error("vitest ran no checks.");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sideBySide<T>(count: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: count }, lane));
}

async function inSeconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function kindsInWords(found: readonly Kind[]): string {
  return [...new Set(found)].map((kind) => `${found.filter((each) => each === kind).length} ${kind}`).join(", ");
}

function spanOf(points: readonly number[]): string {
  const [least, most] = [Math.min(...points), Math.max(...points)];
  return least === most ? `${least}` : `${least} to ${most}`;
}

function line(name: string, count: number, seconds: number, perMinute: number, ratio: number): string {
  return `  ${name.padEnd(34)}${`${count} in ${seconds.toFixed(1)} s`.padStart(16)}${`${perMinute.toFixed(1)}/min`.padStart(14)}${`${ratio.toFixed(1)} x`.padStart(9)}`;
}
