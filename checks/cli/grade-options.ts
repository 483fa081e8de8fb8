import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { labNamed } from "#checks/command-line/lab-named.ts";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { readSeed } from "#checks/command-line/read-seed.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { readMoment } from "#checks/grader/class/moment.ts";
import type { Shard } from "#checks/grader/class/run-manifest.ts";
import { type Format, formats } from "#checks/grader/class/write-outputs.ts";
import type { Tier } from "#checks/grader/model/grade.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";

export const gradeHelp = `npm run grade -- SUBMISSIONS… --out DIR [options]
npm run grade merge DIR… -- --out DIR      join the shards of a class
npm run grade verify GRADE                 repeat the run of DIR/grades/ID.json
npm run grade diff OLD NEW                 what grading again has changed
npm run grade export-similarity DIR -- --out DIR
                                           the files, for plagiarism checkers

A submission is a folder, a .zip, a .tar.gz or a git repository: repo@main.

  --out DIR            where grades go: a new folder
  --resume             go on with a run that was interrupted
  --roster FILE        CSV: id,name and perhaps email,submission,group,submitted
  --labs LABS          only these: lab-1,lab-2
  --before MOMENT      of repositories, the last commit until then:
                       2026-04-03T23:59:00+02:00
  --late-policy FILE   JSON: what being late costs
  --overrides FILE     CSV: submission,points,reason and perhaps lab,check
  --anonymous          numbers for names; the key goes beside DIR
  --course NAME        as it stands in reports
  --formats LIST       of ${formatList()}
  --jobs N             so many submissions at once (default: one a core)
  --shard I/N          only the I-th of N parts of the class
  --require-tier TIER  refuse to grade in a weaker sandbox than T0, T1 or T2
  --hidden DIR         checks of your own besides: NAME.check.ts
  --release-hidden     students may see what those said
  --container          this computer is for one submission alone (tier T0)
  --timeout S[,S]      seconds for a check, and for a submission
  --seed N             other generated inputs
  --no-color           no colours (so does NO_COLOR=1)
  --help               this text

Exit code: 0 all graded, 1 some could not be graded or a comparison found
differences, 2 wrong usage, 3 the sandbox is not good enough, 130 interrupted.`;

function formatList(): string {
  return formats.join(", ").replace(/^(.{44}[^,]*,) /, "$1\n                       ");
}

export type GradeOptions = {
  readonly words: readonly string[];
  readonly out: string | undefined;
  readonly resume: boolean;
  readonly roster: string | undefined;
  readonly labs: readonly LabId[];
  readonly before: Date | undefined;
  readonly latePolicy: string | undefined;
  readonly overrides: string | undefined;
  readonly anonymous: boolean;
  readonly course: string;
  readonly formats: readonly Format[];
  readonly jobs: number;
  readonly shard: Shard;
  readonly requireTier: Tier | undefined;
  readonly container: boolean;
  /** A folder of the instructor's own checks. */
  readonly hidden: string | undefined;
  readonly releaseHidden: boolean;
  /** Seconds. */
  readonly timeouts: { readonly check?: number; readonly submission?: number };
  readonly seed: number;
  readonly color: boolean;
  readonly help: boolean;
  /** The names of the options that were given. */
  readonly given: readonly string[];
};

/** Not here: `--before`, which npm has itself and hands to nobody, and `--jobs`, which a user may have set for npm's builds. */
const kept = {
  out: "string",
  resume: "boolean",
  roster: "string",
  labs: "string",
  "late-policy": "string",
  overrides: "string",
  anonymous: "boolean",
  course: "string",
  formats: "string",
  shard: "string",
  "require-tier": "string",
  container: "boolean",
  hidden: "string",
  "release-hidden": "boolean",
  timeout: "string",
  seed: "string",
} as const;

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readGradeOptions(args: readonly string[] = process.argv.slice(2)): GradeOptions {
  const { values, positionals } = parseArgs({
    args: [...args, ...flagsKeptByNpm(kept)],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      resume: { type: "boolean" },
      roster: { type: "string" },
      labs: { type: "string", multiple: true },
      before: { type: "string" },
      "late-policy": { type: "string" },
      overrides: { type: "string" },
      anonymous: { type: "boolean" },
      course: { type: "string" },
      formats: { type: "string", multiple: true },
      jobs: { type: "string" },
      shard: { type: "string" },
      "require-tier": { type: "string" },
      container: { type: "boolean" },
      hidden: { type: "string" },
      "release-hidden": { type: "boolean" },
      timeout: { type: "string" },
      seed: { type: "string" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  return {
    words: positionals,
    out: values.out,
    resume: values.resume ?? false,
    roster: values.roster,
    labs: readLabs(values.labs),
    before: readBefore(values.before),
    latePolicy: values["late-policy"],
    overrides: values.overrides,
    anonymous: values.anonymous ?? false,
    course: values.course ?? "4over6",
    formats: readFormats(values.formats),
    jobs: readWhole("--jobs", values.jobs, 1, 256) ?? availableParallelism(),
    shard: readShard(values.shard),
    requireTier: readTier(values["require-tier"]),
    container: values.container ?? false,
    hidden: values.hidden,
    releaseHidden: values["release-hidden"] ?? false,
    timeouts: readTimeouts(values.timeout),
    seed: readSeed(values.seed),
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(),
    help: values.help ?? false,
    given: Object.keys(values),
  };
}

/** Several may stand in one word, with commas. */
function listed(words: readonly string[] | undefined): readonly string[] | undefined {
  const list = words?.flatMap((word) => word.split(",")).filter((word) => word !== "");
  return list?.length === 0 ? undefined : list;
}

function readLabs(words: readonly string[] | undefined): readonly LabId[] {
  const named = listed(words)?.map((word) => labNamed(word, labIds));
  return named === undefined ? labIds : labIds.filter((lab) => named.includes(lab));
}

function readFormats(words: readonly string[] | undefined): readonly Format[] {
  const named = listed(words)?.map((word) => {
    const format = formats.find((each) => each === word);
    if (format === undefined) throw new UsageError(`--formats ${word}: there are ${formats.join(", ")}.${didYouMean(word, formats)}`);
    return format;
  });
  return named ?? usualFormats;
}

const usualFormats: readonly Format[] = ["html", "csv", "markdown"];

function readBefore(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  try {
    return readMoment(text);
  } catch (error) {
    throw new UsageError(`--before ${text} ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function readWhole(flag: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${flag} ${text}: give a whole number from ${least} to ${most}.`);
  return value;
}

function readShard(text = "1/1"): Shard {
  const [, index, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw new UsageError(`--shard ${text}: give a part and how many there are, such as 1/4.`);
  return { index, of };
}

const tiers = ["T0", "T1", "T2"] as const;

function readTier(text: string | undefined): Tier | undefined {
  const tier = tiers.find((each) => each === text?.toUpperCase());
  if (text !== undefined && tier === undefined)
    throw new UsageError(`--require-tier ${text}: the tiers with which grades are made are ${tiers.join(", ")}.`);
  return tier;
}

function readTimeouts(text: string | undefined): GradeOptions["timeouts"] {
  if (text === undefined) return {};
  const [check, submission, ...rest] = text.split(",");
  if (rest.length > 0) throw new UsageError(`--timeout ${text}: give seconds for a check, and perhaps for a submission: 10,600.`);
  const [a, b] = [readWhole("--timeout", check === "" ? undefined : check, 1, 3600), readWhole("--timeout", submission, 1, 86_400)];
  return { ...(a === undefined ? {} : { check: a }), ...(b === undefined ? {} : { submission: b }) };
}
