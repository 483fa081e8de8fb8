import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { didYouMean, nearNames } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { userFolder } from "#launch/root.mjs";

/** What `npm run grade` does besides grading, and the options that mean something there. */
const subcommands = {
  merge: ["out", "formats"],
  verify: ["before", "require-tier", "container", "hidden"],
  diff: [],
  "export-similarity": ["out"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Subcommand = keyof typeof subcommands;

const everywhere = ["no-color", "help"];

/**
 * Which of these a first word is; `undefined` for a submission.
 *
 * @param given the options of the command line: one that would mean nothing is refused, so that nobody believes it did
 * @throws {UsageError} also for a word that is almost one of these and no submission
 */
export function subcommandOf(word: string, given: readonly string[]): Subcommand | undefined {
  const names = Object.keys(subcommands) as readonly Subcommand[];
  const command = names.find((name) => name === word);
  if (command === undefined) {
    if (nearNames(word, names).length > 0 && !existsSync(resolve(userFolder, word)))
      throw new UsageError(`${word} is no submission and no command.${didYouMean(word, names)}`);
    return undefined;
  }
  const taken: readonly string[] = subcommands[command];
  const useless = given.filter((option) => !taken.includes(option) && !everywhere.includes(option));
  if (useless.length === 0) return command;
  const takes = taken.length === 0 ? "it takes no options" : `it takes ${taken.map((option) => `--${option}`).join(", ")}`;
  throw new UsageError(`grade ${command} makes nothing of --${useless.join(" and --")}; ${takes}.`);
}
