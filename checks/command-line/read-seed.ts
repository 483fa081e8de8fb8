import { defaultSeed } from "#checks/harness/seed.ts";
import { UsageError } from "./usage-error.ts";

/** What stands behind `--seed`: a whole number, or `random`. Throws a `UsageError` for anything else. */
export function readSeed(text: string | undefined): number {
  if (text === undefined) return defaultSeed;
  if (text === "random") return Math.floor(Math.random() * 0x7fff_ffff);
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0x7fff_ffff)
    throw new UsageError(`--seed ${text}: give a whole number from 0 to 2147483647, or random.`);
  return seed;
}
