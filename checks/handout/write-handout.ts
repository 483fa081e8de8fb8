import { mkdirSync, readdirSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { writeWholeFolder } from "#checks/skeleton/whole-folder.ts";
import type { HandoutFiles } from "./handout-files.ts";

/** Writes a hand-out into a folder that is not there yet, or empty. @throws {Error} of the operating system; nothing is left behind then */
export async function writeHandout(files: HandoutFiles, folder: string): Promise<void> {
  await writeWholeFolder(folder, (draft) => {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(draft, path)), { recursive: true });
      writeFileSync(join(draft, path), content, { mode: 0o644 });
    }
  });
}

/** Why a hand-out cannot be written there, or `undefined`. */
export function whyNotInto(folder: string): string | undefined {
  let found: Stats | undefined;
  try {
    found = statSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    return `cannot be written: ${fileTrouble(error)}`;
  }
  if (found === undefined) return undefined;
  if (!found.isDirectory()) return "is a file, and not a folder";
  const [first] = readdirSync(folder);
  return first === undefined ? undefined : `is not empty (it holds ${first})`;
}
