import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { HandoutFiles } from "./handout-files.ts";

/**
 * Writes a hand-out into a folder that is not there yet, or empty. It is written beside it first, and appears whole or not at all.
 *
 * @throws {Error} of the operating system; nothing is left behind then
 */
export function writeHandout(files: HandoutFiles, folder: string): void {
  const draft = join(dirname(folder), `.${basename(folder)}.${process.pid}.draft`);
  try {
    mkdirSync(draft, { recursive: true });
    for (const [path, content] of files) {
      mkdirSync(dirname(join(draft, path)), { recursive: true });
      writeFileSync(join(draft, path), content, { mode: 0o644 });
    }
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Why a hand-out cannot be written there, or `undefined`. */
export function whyNotInto(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isDirectory()) return "is a file, and not a folder";
  const [first] = readdirSync(folder);
  return first === undefined ? undefined : `is not empty (it holds ${first})`;
}
