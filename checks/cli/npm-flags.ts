/**
 * The flags that npm kept to itself. `npm run check lab-1 --watch` gives the program no `--watch`: npm takes it for a setting of its own
 * and puts it into the environment. They are handed on as if `--` had stood before them.
 *
 * @param flags each flag, and whether it takes a value
 * @returns words to put behind the program's own
 */
export function flagsKeptByNpm(flags: Readonly<Record<string, "string" | "boolean">>, environment = process.env): readonly string[] {
  return Object.entries(flags).flatMap(([flag, type]) => {
    const value = environment[`npm_config_${flag.replaceAll("-", "_")}`];
    if (value === undefined || value === "") return [];
    if (type === "boolean") return value === "true" ? [`--${flag}`] : [];
    return value === "true" ? [`--${flag}`] : [`--${flag}`, value];
  });
}
