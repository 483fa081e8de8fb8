import { join } from "node:path";
import { root } from "#launch/root.mjs";
import { isRecord, type LocalFile, readLocal, writeLocal } from "./local-file.ts";

/** How many hints of a check were shown, by the check's id. */
export type HintLevels = Readonly<Record<string, number>>;

/** Where the student's own folder remembers it. */
const hintFile = join(root, ".kit", "hints.json");

const mostChecks = 1_000;

/** What is remembered. Nothing, when the file is missing or damaged: a forgotten hint costs one more question. */
export function readHintLevels(path = hintFile): HintLevels {
  const found = readLocal(localFile(path));
  const levels = found.kind === "content" ? found.content["levels"] : undefined;
  return isRecord(levels) ? Object.fromEntries(Object.entries(levels).filter(isLevel)) : {};
}

/**
 * Remembers that this many hints of a check were shown. The checks asked about longest ago are forgotten beyond a bound.
 *
 * @returns whether it could be remembered
 */
export function rememberHintLevel(id: string, level: number, path = hintFile): boolean {
  const others = Object.entries(readHintLevels(path)).filter(([other]) => other !== id);
  return writeLocal(localFile(path), { levels: Object.fromEntries([...others, [id, level]].slice(-mostChecks)) });
}

function localFile(path: string): LocalFile {
  return { path, format: "4over6-lab-kit/hints/v1", mostBytes: 64 * 1024 };
}

function isLevel(entry: readonly [string, unknown]): entry is [string, number] {
  return entry[1] === 1 || entry[1] === 2 || entry[1] === 3;
}
