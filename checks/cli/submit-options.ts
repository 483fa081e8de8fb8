import { parseArgs } from "node:util";
import { labNamed } from "#checks/command-line/lab-named.ts";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";

export const submitHelp = `npm run submit lab-3                checks lab 3 and packs it, to hand it in
npm run submit lab-1 lab-2          these two, in one archive
npm run submit                      all labs that are finished
npm run submit lab-3 -- [options]

  --out FILE         the archive: lab-3.tar.gz, or labs.tar.gz for several
  --no-color         no colours (so does NO_COLOR=1)
  --help             this text

A lab is packed as it is, finished or not. What goes into the archive is what
a grader takes: the TypeScript files directly in the lab's folder.

Exit code: 0 packed, 1 not packed, since something would not be taken,
2 wrong usage.`;

export type SubmitOptions = {
  /** Empty: all that are finished. */
  readonly labs: readonly LabId[];
  readonly out: string | undefined;
  readonly color: boolean;
  readonly help: boolean;
};

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readSubmitOptions(words = process.argv.slice(2)): SubmitOptions {
  const { values, positionals } = parseArgs({
    args: [...words, ...flagsKeptByNpm({ out: "string" })],
    allowPositionals: true,
    options: { out: { type: "string" }, "no-color": { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  const named = positionals.map((word) => labNamed(word));
  return {
    labs: labIds.filter((lab) => named.includes(lab)),
    out: readOut(values.out),
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(),
    help: values.help ?? false,
  };
}

function readOut(name: string | undefined): string | undefined {
  if (name !== undefined && !/\.(?:tar\.gz|tgz)$/i.test(name))
    throw new UsageError(`--out ${name}: the archive is packed as .tar.gz; give it such a name.`);
  return name;
}
