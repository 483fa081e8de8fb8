import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { flagsKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { userFolder } from "#launch/root.mjs";

export const serverBenchHelp = `npm run bench server -- [options]

Sends real traffic through the server, between two hosts that exist for the benchmark only (namespaces; no rights needed on most systems), and
through a classic C server beside it. Takes a minute and a half. Needs iperf3, a C compiler, ping, iproute2 and util-linux; says what it leaves
out without one of them.

  --rounds N       how often each server has its turn, 3 if left out
  --seconds N      how long each measurement of TCP takes, 3 if left out
  --quick          --seconds 1; takes half of the time
  --json FILE      write every single value to FILE as well
  --from WHERE     whose labs: reference (the default where it is), labs, or a folder
  --help           this text

Each figure is the median of the rounds, with the least and the most. Other work on the machine disturbs the figures more than the ratios.
More in docs/performance.md.`;

export type ServerBenchOptions = {
  readonly rounds: number;
  readonly seconds: number;
  /** An absolute path. */
  readonly json: string | undefined;
  readonly from: string | undefined;
};

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readServerBenchOptions(words: readonly string[]): ServerBenchOptions | "help" {
  const kept = flagsKeptByNpm({ rounds: "string", seconds: "string", quick: "boolean", json: "string", from: "string" });
  const { values } = parseArgs({
    args: [...words, ...kept],
    options: {
      rounds: { type: "string" },
      seconds: { type: "string" },
      quick: { type: "boolean" },
      json: { type: "string" },
      from: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) return "help";
  return {
    rounds: wholeNumber("--rounds", values.rounds, 3, 50),
    seconds: wholeNumber("--seconds", values.seconds, values.quick === true ? 1 : 3, 60),
    json: values.json === undefined ? undefined : fileToMake(values.json),
    from: values.from,
  };
}

function wholeNumber(name: string, text: string | undefined, byDefault: number, most: number): number {
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw new UsageError(`${name} ${text}: give a whole number from 1 to ${most}.`);
  return value;
}

function fileToMake(text: string): string {
  const path = resolve(userFolder, text);
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`--json ${text}: there is no folder ${dirname(path)}; make it first.`);
  return path;
}
