import { parseArgs } from "node:util";
import { flagsKeptByNpm, noColorKeptByNpm } from "#checks/command-line/npm-flags.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";

export const hintHelp = `npm run hint lab-1.NAME             the next of three hints for this check
npm run hint NAME                   the same, when only one lab has that name
npm run hint lab-1                  the lab's checks, and how far you went
npm run hint NAME -- [options]

  --again      from the first hint again
  --level N    the hints up to N: 1 where to look, 2 what to think about,
               3 what to write
  --no-color   no colours (so does NO_COLOR=1)
  --help       this text

npm run check names the check that fails.`;

export type HintOptions = {
  /** A check, a lab, or nothing. */
  readonly name: string | undefined;
  /** The level that was asked for; `undefined`: the next one. */
  readonly level: number | undefined;
  readonly color: boolean;
  readonly help: boolean;
};

/** Reads the command line. Throws a `UsageError`, or what `parseArgs` throws. */
export function readHintOptions(words = process.argv.slice(2), environment = process.env): HintOptions {
  const { values, positionals } = parseArgs({
    args: [...withLevelKeptByNpm(words, environment), ...flagsKeptByNpm({ again: "boolean" }, environment)],
    allowPositionals: true,
    options: {
      again: { type: "boolean" },
      level: { type: "string" },
      "no-color": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [name, second] = positionals;
  if (second !== undefined) throw new UsageError(`One name at a time, please: npm run hint ${name}`);
  if (values.again && values.level !== undefined) throw new UsageError("Give --again or --level N, not both.");
  return {
    name,
    level: values.again ? 1 : readLevel(values.level),
    color: !(values["no-color"] ?? false) && !noColorKeptByNpm(environment),
    help: values.help ?? false,
  };
}

function readLevel(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[123]$/.test(text)) throw new UsageError(`--level ${text}: give 1, 2 or 3.`);
  return Number(text);
}

/** `npm run hint NAME --level 2` arrives as NAME and 2, and a flag without a value: no name is a digit, so they can be put together again. */
function withLevelKeptByNpm(words: readonly string[], environment: NodeJS.ProcessEnv): readonly string[] {
  const value = environment["npm_config_level"];
  if (value === undefined || value === "") return words;
  if (value !== "true") return [...words, "--level", value];
  const at = words.findIndex((word) => /^\d+$/.test(word));
  return at === -1 ? [...words, "--level"] : [...words.toSpliced(at, 1), "--level", words[at] ?? ""];
}
