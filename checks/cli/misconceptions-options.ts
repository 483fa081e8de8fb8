import { parseArgs } from "node:util";
import { labNamed } from "#checks/command-line/lab-named.ts";
import { flagsKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";

export const misconceptionsHelp = `npm run misconceptions              are the signatures of all bugs current?
npm run misconceptions lab-3        of one lab's
npm run misconceptions -- [options]

  --update     compute them anew and write them down
  --help       this text

A signature is the set of required checks that a bug fails. By it, npm run
check knows a misconception. Exit code: 0 current, 1 not, 2 wrong usage.`;

export type MisconceptionsOptions = { readonly labs: readonly LabId[]; readonly update: boolean; readonly help: boolean };

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readMisconceptionsOptions(words = process.argv.slice(2), environment = process.env): MisconceptionsOptions {
  const { values, positionals } = parseArgs({
    args: [...words, ...flagsKeptByNpm({ update: "boolean" }, environment)],
    allowPositionals: true,
    options: { update: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  return {
    labs: positionals.length === 0 ? labIds : positionals.map((word) => labNamed(word)),
    update: values.update ?? false,
    help: values.help ?? false,
  };
}
