import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { labNamed } from "#checks/command-line/lab-named.ts";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { implementationFrom, type LabId, labIds } from "#launch/implementation.mjs";

export const mutateHelp = `npm run mutate lab-1                does a check notice each small change?
npm run mutate                      all labs, one after the other
npm run mutate lab-1 -- [options]

Changes the reference in all the small ways that Stryker knows, one at a time,
and runs the lab's checks on each. What no check notices is a check too few,
or stands with its reason in checks/mutation/equivalents.

  --file NAME        this file of the lab only; may be repeated
  --json FILE        write every mutant and its fate to FILE as well
  --docs             write the scores into docs/mutation.md
  --no-color         no colours (so does NO_COLOR=1)
  --help             this text

Exit code: 0 all that survives has a reason, and at least 95 % are killed;
1 not so, 2 wrong usage.`;

export type MutateOptions = {
  /** Each lab, and which of its files. */
  readonly labs: ReadonlyMap<LabId, readonly string[]>;
  readonly json: string | undefined;
  readonly docs: boolean;
  readonly color: boolean;
  readonly help: boolean;
};

const kept = { file: "string", json: "string", docs: "boolean" } as const;

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readMutateOptions(words = process.argv.slice(2)): MutateOptions {
  const { values, positionals } = parseArgs({
    args: [...words, ...flagsKeptByNpm(kept)],
    allowPositionals: true,
    options: {
      file: { type: "string", multiple: true },
      json: { type: "string" },
      docs: { type: "boolean" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const help = values.help ?? false;
  const named = positionals.map((word) => labNamed(word));
  const labs = named.length > 0 ? labIds.filter((lab) => named.includes(lab)) : labIds;
  return {
    labs: help ? new Map() : chooseFiles(labs, values.file ?? []),
    json: values.json,
    docs: values.docs ?? false,
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(),
    help,
  };
}

/** The files of each lab that are asked for; labs without one are left out. */
function chooseFiles(labs: readonly LabId[], wanted: readonly string[]): ReadonlyMap<LabId, readonly string[]> {
  const all = new Map(labs.map((lab) => [lab, referenceFiles(lab)] as const));
  const names = wanted.map((word) => word.replace(/^.*\//, "").replace(/(\.ts)?$/, ".ts"));
  const known = [...all.values()].flat();
  for (const name of names)
    if (!known.includes(name)) throw new UsageError(`--file ${name}: ${labs.join(" and ")} has no such file.${didYouMean(name, known)}`);
  if (names.length === 0) return all;
  return new Map(
    [...all].map(([lab, files]) => [lab, files.filter((file) => names.includes(file))] as const).filter(([, files]) => files.length > 0),
  );
}

/** The source files of a lab's reference, by name. */
export function referenceFiles(lab: LabId): readonly string[] {
  const folder = implementationFrom("reference")[lab];
  return readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
}
