import type { Dirent } from "node:fs";
import { lstat, opendir, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { labFolders } from "#launch/implementation.mjs";
import { bounds } from "./bounds.ts";
import { type FoundEntry, mayBeTaken } from "./found-entry.ts";
import { createHolder, type Holder } from "./hold-content.ts";
import { exchanged, openRegular, orExchanged, whyNotRegular } from "./open-regular.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/**
 * What a folder holds. Only places where lab folders may lie are looked into: a student's node_modules costs nothing. Links are not followed.
 *
 * @throws {UnreadableSubmission} when it holds too much
 */
export async function readFolder(given: string): Promise<readonly FoundEntry[]> {
  const folder = await placeOf(given);
  const holder = createHolder();
  const found: FoundEntry[] = [];
  for (const entry of await list(folder)) {
    if (!entry.isDirectory()) found.push(await readEntry(folder, entry.name, holder));
    else if (isLabFolder(entry.name)) found.push(...(await readLab(folder, entry.name, holder)));
    else found.push({ kind: "folder", path: entry.name }, ...(await readHouse(folder, entry.name, holder)));
  }
  return found;
}

/** The folder's place, with no link in front of it. That it is none itself was seen, and holds where an open file tells its own place. */
async function placeOf(folder: string): Promise<string> {
  return process.platform === "linux" ? join(await realpath(dirname(folder)), basename(folder)) : realpath(folder);
}

/** A folder in which lab folders may lie: labs/, or one that wraps everything. */
async function readHouse(folder: string, house: string, holder: Holder): Promise<readonly FoundEntry[]> {
  const found: FoundEntry[] = [];
  for (const inner of ["labs", ""].map((name) => (name === "" ? house : `${house}/${name}`))) {
    if (inner !== house && !(await isFolder(join(folder, inner)))) continue;
    for (const lab of Object.values(labFolders)) {
      const path = `${inner}/${lab}`;
      const there = await lstat(join(folder, path)).catch(() => undefined);
      if (there?.isDirectory()) found.push(...(await readLab(folder, path, holder)));
      else if (there !== undefined)
        found.push({ kind: "other", path: `${path}/`, why: there.isSymbolicLink() ? "is a link" : "is no folder" });
    }
  }
  return found;
}

async function readLab(folder: string, lab: string, holder: Holder): Promise<readonly FoundEntry[]> {
  const found: FoundEntry[] = [];
  for (const entry of await list(join(folder, lab))) {
    const path = `${lab}/${entry.name}`;
    if (!entry.isDirectory()) found.push(await readEntry(folder, path, holder));
    else if (isLeftOut(entry.name)) found.push({ kind: "folder", path });
    else found.push({ kind: "other", path, why: "is a folder, and only files directly in a lab's folder are taken" });
  }
  return found;
}

async function readEntry(folder: string, path: string, holder: Holder): Promise<FoundEntry> {
  const found = await lstat(join(folder, path)).catch(orExchanged);
  if (found === undefined) return { kind: "other", path, why: exchanged.why };
  const why = whyNotRegular(found);
  if (why !== undefined) return { kind: "other", path, why };
  // What does not count is not opened: whoever grades may have no right to.
  if (!mayBeTaken(path, found.size)) return { kind: "file", path, size: found.size };
  const opened = await openRegular(join(folder, path), folder);
  if (opened.kind === "not") return { kind: "other", path, why: opened.why };
  try {
    const content = await holder.read(opened.file.createReadStream({ autoClose: false, end: opened.size }), opened.size);
    return { kind: "file", path, size: opened.size, content };
  } finally {
    await opened.file.close();
  }
}

/** The names in a folder, sorted: the operating system's order is anybody's guess. */
async function list(folder: string): Promise<readonly Dirent[]> {
  const entries: Dirent[] = [];
  for await (const entry of (await opendir(folder).catch(orExchanged)) ?? []) {
    entries.push(entry);
    if (entries.length > bounds.listed) throw new UnreadableSubmission(`has a folder with more than ${bounds.listed} names in it`);
  }
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A student's experiments, and what editors and operating systems put there: nobody means to hand it in. */
function isLeftOut(name: string): boolean {
  return name === "scratch" || name.startsWith(".");
}

function isLabFolder(name: string): boolean {
  return Object.values(labFolders).some((folder) => folder === name);
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;
}
