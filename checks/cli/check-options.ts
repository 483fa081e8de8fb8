import { parseArgs } from "node:util";
import { labNamed } from "#checks/command-line/lab-named.ts";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { readSeed } from "#checks/command-line/read-seed.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { LabId } from "#launch/implementation.mjs";

export const checkHelp = `npm run check                       all labs at a glance
npm run check lab-1                 one lab, with the stories of what fails
npm run check lab-1 -- [options]

  --only NAME        one check, or all whose name contains NAME; more with a
                     comma between, or with another --only
  --watch            again whenever a file of the lab changes
  --ui               in the browser (the vitest UI)
  --from WHERE       whose code: labs (the default), reference, or a folder
  --misconception M  a solved lab with one bug, where solutions are here; list
                     names all
  --integrated       on your own earlier labs, not on the reference's
  --all              the story of every failing check, not of three only
  --trace            the whole scenario of each check as a diagram; with --only
  --json FILE        write the results to FILE as well
  --seed N           other generated inputs: a number, or random
  --no-color         no colours (so does NO_COLOR=1)
  --version          which version of the kit this is
  --help             this text

Exit code: 0 all passed, 1 some did not, 2 wrong usage.
Extra checks are worth no points and need not pass. A generated input that
fails is kept, and tried first until it passes. Whole labs are remembered:
npm run progress shows your points over time.`;

export type CheckOptions = {
  /** Empty: all labs at a glance. */
  readonly labs: readonly LabId[];
  readonly only: readonly string[];
  readonly watch: boolean;
  readonly ui: boolean;
  readonly from: string;
  /** The name of a bug to put into the solved lab, or `list`. */
  readonly misconception: string | undefined;
  readonly integrated: boolean;
  readonly all: boolean;
  readonly trace: boolean;
  readonly json: string | undefined;
  readonly seed: number;
  readonly color: boolean;
  readonly help: boolean;
  readonly version: boolean;
  /** The flags that npm had kept to itself. */
  readonly keptByNpm: readonly string[];
};

const kept = {
  only: "string",
  watch: "boolean",
  ui: "boolean",
  from: "string",
  misconception: "string",
  integrated: "boolean",
  all: "boolean",
  trace: "boolean",
  json: "string",
  seed: "string",
} as const;

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readCheckOptions(words = process.argv.slice(2)): CheckOptions {
  const keptByNpm = flagsKeptByNpm(kept);
  const { values, positionals } = parseArgs({
    args: [...words, ...keptByNpm],
    allowPositionals: true,
    options: {
      only: { type: "string", multiple: true },
      watch: { type: "boolean", short: "w" },
      ui: { type: "boolean" },
      from: { type: "string" },
      misconception: { type: "string" },
      integrated: { type: "boolean" },
      all: { type: "boolean" },
      trace: { type: "boolean" },
      json: { type: "string" },
      seed: { type: "string" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
  });
  if (values.trace && values.only === undefined) throw new UsageError("--trace draws whole scenarios; say which: --only NAME --trace.");
  const odd = (["from", "watch", "ui", "integrated"] as const).find((name) => values[name] !== undefined);
  if (values.misconception !== undefined && odd !== undefined)
    throw new UsageError(`--misconception is about the solved labs with one bug; leave out --${odd}.`);
  return {
    labs: positionals.map((word) => labNamed(word)),
    only: values.only?.flatMap((names) => names.split(/, */)) ?? [],
    watch: values.watch ?? false,
    ui: values.ui ?? false,
    from: values.from ?? "labs",
    misconception: values.misconception,
    integrated: values.integrated ?? false,
    all: values.all ?? false,
    trace: values.trace ?? false,
    json: values.json,
    seed: readSeed(values.seed),
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(),
    help: values.help ?? false,
    version: values.version ?? false,
    keptByNpm,
  };
}
