import { parseArgs } from "node:util";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { readSeed } from "#checks/command-line/read-seed.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { defaultSeed } from "#checks/harness/seed.ts";

export const debugHelp = `npm run debug lab-1.NAME            one check without a time limit, for a debugger
npm run debug NAME -- [options]

  --from WHERE       whose code: labs (the default), reference, or a folder
  --integrated       on your own earlier labs, not on the reference's
  --seed N           other generated inputs: a number, or random
  --no-color         no colours (so does NO_COLOR=1)
  --help             this text

In VS Code press F5 and choose "Debug one check". With another debugger:

  node --inspect-brk labs/launch/run.mjs checks/cli/debug.ts NAME`;

export type DebugOptions = {
  readonly name: string;
  readonly from: string;
  readonly integrated: boolean;
  readonly seed: number;
  readonly color: boolean;
};

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readDebugOptions(words = process.argv.slice(2)): DebugOptions | "help" {
  const { values, positionals } = parseArgs({
    args: [...words, ...flagsKeptByNpm({ from: "string", integrated: "boolean", seed: "string" })],
    allowPositionals: true,
    options: {
      from: { type: "string" },
      integrated: { type: "boolean" },
      seed: { type: "string" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return "help";
  const [name, second] = positionals;
  if (name === undefined)
    throw new UsageError(`Name the check that you want to debug; npm run check names those that fail.\n\n${debugHelp}`);
  if (second !== undefined) throw new UsageError(`One name at a time, please: npm run debug ${name}`);
  return {
    name,
    from: values.from ?? "labs",
    integrated: values.integrated ?? false,
    seed: values.seed === undefined ? defaultSeed : readSeed(values.seed),
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(),
  };
}
