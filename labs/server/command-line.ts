import { didYouMean } from "./near-names.ts";
import { UsageError } from "./usage-error.ts";

/** The options of a program by name, without their hyphens; a `switch` takes no value. */
export type Flags = Readonly<Record<string, "text" | "switch">>;

/** What the user gave: the text, or `true` for a switch. */
export type Given<Names extends Flags> = { readonly [Name in keyof Names]?: Names[Name] extends "switch" ? true : string };

/**
 * Reads `--name value` and `--name=value`. Given twice, the last one counts. Throws a `UsageError` for everything that is not an option
 * of the program.
 *
 * @param program the npm script, for the sentences: `npm run PROGRAM -- --help`
 * @param environment where npm puts the flags that it takes for its own when `--` is forgotten
 */
export function readCommandLine<Names extends Flags>(
  program: string,
  flags: Names,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Given<Names> {
  const names = Object.keys(flags);
  if (environment["npm_lifecycle_event"] === program) refuseFlagsKeptByNpm(program, names, environment);
  const given: Record<string, string | true> = {};
  const rest = words.values();
  for (const word of rest) {
    const { name, value } = /^--(?<name>[^=]+)(?:=(?<value>.*))?$/s.exec(word === "-h" ? "--help" : word)?.groups ?? {};
    if (name === undefined)
      throw new UsageError(`"${word}" is not an option; options look like --${names[0]} VALUE. See npm run ${program} -- --help.`);
    if (!Object.hasOwn(flags, name))
      throw new UsageError(`There is no option --${name}.${didYouMean(name, names, "--")} See npm run ${program} -- --help.`);
    if (flags[name] === "switch") {
      if (value !== undefined) throw new UsageError(`--${name} takes no value; leave out =${value}.`);
      given[name] = true;
    } else given[name] = value ?? valueAfter(name, rest);
  }
  return given as Given<Names>;
}

function valueAfter(name: string, rest: Iterator<string>): string {
  const next = rest.next();
  if (next.done === true || next.value.startsWith("--")) throw new UsageError(`--${name} needs a value behind it.`);
  return next.value;
}

/** `npm run server --listen …` gives the program nothing: npm keeps the flag. Only `--from` still works, since the launcher looks for it. */
function refuseFlagsKeptByNpm(program: string, names: readonly string[], environment: NodeJS.ProcessEnv): void {
  const kept = names.find((name) => name !== "from" && environment[`npm_config_${name.replaceAll("-", "_")}`] !== undefined);
  if (kept !== undefined)
    throw new UsageError(`npm kept --${kept} to itself; put -- in front of the options: npm run ${program} -- --${kept} …`);
}
