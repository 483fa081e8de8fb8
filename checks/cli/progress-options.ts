import { parseArgs } from "node:util";
import { labNamed } from "#checks/command-line/lab-named.ts";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import type { LabId } from "#launch/implementation.mjs";

export const progressHelp = `npm run progress                    your points in all labs, over time
npm run progress lab-1              one lab, as a chart
npm run progress lab-1 -- [options]

  --figures      how large and how fast your code is, beside the reference's
                 figures; measures finished labs, half a second each
  --from WHERE   whose runs: labs (the default), reference, or a folder
  --no-color     no colours (so does NO_COLOR=1)
  --help         this text

Each npm run check of a whole lab is remembered in .kit/, on this computer
only. Delete .kit/history.json to forget it.`;

export type ProgressOptions = {
  /** Empty: all labs. */
  readonly labs: readonly LabId[];
  readonly figures: boolean;
  readonly from: string;
  readonly color: boolean;
  readonly help: boolean;
};

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readProgressOptions(words = process.argv.slice(2), environment = process.env): ProgressOptions {
  const { values, positionals } = parseArgs({
    args: [...words, ...flagsKeptByNpm({ figures: "boolean", from: "string" }, environment)],
    allowPositionals: true,
    options: {
      figures: { type: "boolean" },
      from: { type: "string" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  return {
    labs: positionals.map((word) => labNamed(word)),
    figures: values.figures ?? false,
    from: values.from ?? "labs",
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(environment),
    help: values.help ?? false,
  };
}
