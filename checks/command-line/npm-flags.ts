import { UsageError } from "./usage-error.ts";

/**
 * The flags that npm kept to itself. `npm run check lab-1 --watch` gives the program no `--watch`: npm takes it for a setting of its own
 * and puts it into the environment. They are handed on as if `--` had stood before them.
 *
 * @param flags each flag, and whether it takes a value
 * @returns words to put behind the program's own
 * @throws {UsageError} for `--seed 7`: npm takes the flag, and leaves its value among the other words
 */
export function flagsKeptByNpm(flags: Readonly<Record<string, "string" | "boolean">>, environment = process.env): readonly string[] {
  return Object.entries(flags).flatMap(([flag, type]) => {
    const value = environment[`npm_config_${flag.replaceAll("-", "_")}`];
    if (value === undefined || value === "") return [];
    if (type === "boolean") return value === "true" ? [`--${flag}`] : [];
    if (value !== "true") return [`--${flag}`, value];
    const command = `npm run ${environment["npm_lifecycle_event"] ?? "check"}`;
    throw new UsageError(`npm keeps --${flag} to itself. Put -- in front of the options: ${command} -- --${flag} VALUE`);
  });
}

/** Whether `--no-color` was given in front of `--`: npm turns its own colours off with it, and writes that as nothing. */
export function noColorKeptByNpm(environment = process.env): boolean {
  const value = environment["npm_config_color"];
  return value === "" || value === "false";
}
