import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { userFolder } from "#launch/root.mjs";
import { didYouMean } from "./near-names.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Options from a JSON file: an object whose keys are the options without hyphens, `{ "listen": "[::]:5678", "mtu": 1400 }`. Values are texts,
 * numbers, or lists of texts (which is another way to write `A,B,C`).
 *
 * @param names the options that may stand in the file
 * @param barred options that exist but cannot stand there, each with the reason
 * @returns the values as they would be written on the command line
 */
export function readConfigFile(
  path: string,
  names: readonly string[],
  barred: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const config = parseConfig(path);
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (Object.hasOwn(barred, key)) throw new UsageError(`${key} in ${path}: ${barred[key]}.`);
      if (!names.includes(key)) throw new UsageError(`${path}: there is no option "${key}".${didYouMean(key, names)}`);
      return [key, asText(value, `${key} in ${path}`)];
    }),
  );
}

function parseConfig(path: string): object {
  let text: string;
  try {
    text = readFileSync(resolve(userFolder, path), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : code === "EACCES" ? "you may not read it" : `it cannot be read (${code})`;
    throw new UsageError(`--config ${path}: ${why}; name a JSON file, or leave the option out.`);
  }
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--config ${path} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new UsageError(`--config ${path}: the file must hold one object, such as {"pool": "13.8.0.0/24"}.`);
  return config;
}

function asText(value: unknown, label: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((each): each is string => typeof each === "string")) return value.join(",");
  throw new UsageError(`${label}: give a text or a number, not ${JSON.stringify(value)}.`);
}
