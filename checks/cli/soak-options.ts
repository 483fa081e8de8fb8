import { parseArgs } from "node:util";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { defaultFrom } from "#checks/end-to-end/conformance/server/server-command.ts";
import type { SoakOptions } from "#checks/end-to-end/soak/soak.ts";

export const soakHelp = `npm run soak                        half a minute
npm run soak -- --minutes N

Lets clients of every kind come and go: they flood, stall, reset, lie and send garbage. In the end the kit's server must have
all its addresses, no more memory, and no socket or timer left.

  --minutes N     how long, 0.5 if left out; at most 1440
  --clients N     how many at a time, 16 if left out
  --seed N        other clients and streams: a number
  --from WHERE    whose labs the server is made of: reference, labs, or a folder
  --no-color      no colours (so does NO_COLOR=1)
  --help          this text

Exit code: 0 nothing was lost, 1 something was, 2 wrong usage.`;

export type SoakCommand = Omit<SoakOptions, "onPhase"> & { readonly color: boolean; readonly help: boolean };

/** An answer may wait behind what all the others want. */
const patience = 10_000;

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readSoakOptions(words = process.argv.slice(2)): SoakCommand {
  const { values } = parseArgs({
    args: [...words, ...flagsKeptByNpm({ minutes: "string", clients: "string", seed: "string", from: "string" })],
    options: {
      minutes: { type: "string" },
      clients: { type: "string" },
      seed: { type: "string" },
      from: { type: "string" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  return {
    duration: numberIn("--minutes", values.minutes ?? "0.5", 0.05, 1440) * 60_000,
    visitors: Math.round(numberIn("--clients", values.clients ?? "16", 1, 200)),
    seed: Math.round(numberIn("--seed", values.seed ?? "1", 0, 1_000_000)),
    from: values.from ?? defaultFrom,
    patience,
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(),
    help: values.help ?? false,
  };
}

function numberIn(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most))
    throw new UsageError(`${flag} ${text}: give a number from ${least} to ${most}.`);
  return value;
}
