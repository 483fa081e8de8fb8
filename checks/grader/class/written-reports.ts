import { createHash } from "node:crypto";
import { readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "#checks/skeleton/write-whole.ts";

/** The reports that the grader has written into a folder: path and hash. A report that has another hash now is somebody's own. */
export type WrittenReports = Readonly<Record<string, string>>;

const recordFile = ".reports.json";

export function writtenHash(content: string | Uint8Array): string {
  return `sha256-${createHash("sha256").update(content).digest("hex")}`;
}

export function keepWritten(folder: string, reports: WrittenReports): void {
  writeWhole(join(folder, recordFile), `${JSON.stringify(reports, undefined, 1)}\n`);
}

/** What was written down; nothing, when it cannot be read. No path leads out of the folder. */
export function readWritten(folder: string): WrittenReports {
  let record: unknown;
  try {
    record = JSON.parse(readFileSync(join(folder, recordFile), "utf8"));
  } catch {
    return {};
  }
  if (typeof record !== "object" || record === null) return {};
  return Object.fromEntries(
    Object.entries(record).filter(([path]) => /^(?:submissions\/[^/\\]+\/)?[^/\\]+$/.test(path) && !path.split("/").includes("..")),
  );
}

/** Removes these reports, but those that somebody has changed, and the folders that are empty then. */
export function removeOlder(
  folder: string,
  reports: WrittenReports,
): { readonly removed: readonly string[]; readonly older: readonly string[] } {
  const [removed, older]: [string[], string[]] = [[], []];
  for (const [path, hash] of Object.entries(reports).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const content = read(join(folder, path));
    if (content === undefined) continue;
    if (writtenHash(content) !== hash) {
      older.push(path);
      continue;
    }
    rmSync(join(folder, path));
    removed.push(path);
    if (path.includes("/")) removeEmpty(dirname(join(folder, path)));
  }
  return { removed, older };
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
    rmdirSync(dirname(folder));
  } catch {
    // Something else is in it.
  }
}

function read(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
