import type { Manifest } from "./manifest.ts";
import { mergeJson } from "./merge-json.ts";
import { conflictMark, mergeText } from "./merge-text.ts";
import { hasHash, plainLines, textOf } from "./text.ts";
import type { Found } from "./tree.ts";

/** What an upgrade does to one file. Where `write` is, that is written; what stood there is kept first. */
export type Change = {
  readonly path: string;
  readonly how: "added" | "replaced" | "removed" | "merged" | "conflict" | "untouched";
  readonly write?: Uint8Array;
  /** What a student should know: it is their own work that is touched, or left alone. */
  readonly note?: string;
};

/** Two hand-outs, and the folder of a student who began with the first. */
export type Upgrade = {
  readonly base: Manifest;
  readonly next: Manifest;
  readonly find: (path: string) => Found;
  readonly readNext: (path: string) => Uint8Array;
};

/** Plans an upgrade: every file that changes, or that is left alone although the kit would have something to say. */
export function planUpgrade(upgrade: Upgrade): readonly Change[] {
  const paths = new Set([...Object.keys(upgrade.next.files), ...Object.keys(upgrade.base.files)]);
  return [...paths].toSorted().flatMap((path) => changeOf(path, upgrade) ?? []);
}

function changeOf(path: string, upgrade: Upgrade): Change | undefined {
  const was = upgrade.base.files[path];
  const becomes = upgrade.next.files[path];
  const found = upgrade.find(path);
  if (becomes === undefined) return dropped(path, found, was);
  const write = upgrade.readNext(path);
  if (found.kind === "nothing") return absent(path, was, becomes, write);
  if (found.kind === "other") return { path, how: "replaced", write, note: "what stood there is no file; it is kept aside" };
  if (hasHash(found.bytes, becomes)) return undefined;
  if (hasHash(found.bytes, was)) return { path, how: "replaced", write };
  if (was === undefined) return { path, how: "replaced", write, note: "your own file of that name is kept aside: settle the two" };
  if (becomes === was) return isStudents(path) ? undefined : { path, how: "untouched", note: "changed by you, and nothing new in it" };
  const yours = textOf(found.bytes);
  const base = baseOf(path, upgrade);
  if (yours === undefined || base === undefined || !isStudents(path)) return { path, how: "replaced", write, note: "yours is kept aside" };
  return merged(path, yours, base, write, upgrade.next.version);
}

/** A file that the newer kit does not have any more. */
function dropped(path: string, found: Found, was: string | undefined): Change | undefined {
  if (found.kind === "nothing") return undefined;
  if (found.kind === "file" && hasHash(found.bytes, was)) return { path, how: "removed" };
  return { path, how: "untouched", note: "no longer part of the kit; yours, as you changed it" };
}

/** A file that is not there: new in the kit, or deleted. What a student may delete stays so. */
function absent(path: string, was: string | undefined, becomes: string, write: Uint8Array): Change | undefined {
  if (was === undefined) return { path, how: "added", write };
  if (!isStudents(path)) return { path, how: "added", write, note: "was missing" };
  return becomes === was ? undefined : { path, how: "untouched", note: "deleted by you; the kit has a newer one" };
}

function merged(path: string, yours: string, base: string, write: Uint8Array, version: string): Change {
  const next = Buffer.from(write).toString("utf8");
  if (path.endsWith(".json")) return mergedJson(path, yours, base, next);
  if (yours.includes(conflictMark)) return { path, how: "untouched", note: "has places that an earlier upgrade marked: settle them first" };
  const { text, conflicts } = mergeText(yours, base, next, `kit ${version}`);
  if (conflicts === 0)
    return text === yours
      ? { path, how: "untouched", note: "has all that is new already" }
      : { path, how: "merged", write: Buffer.from(text) };
  // A file of settings with marks in it is no file of settings.
  if (!isLabFile(path)) return { path, how: "untouched", note: `does not fit the kit's newer one, ${pristineOf(path)}` };
  const places = conflicts === 1 ? "1 place" : `${conflicts} places`;
  return {
    path,
    how: "conflict",
    write: Buffer.from(text),
    note: `${places} that you and the kit both changed, marked ${conflictMark.slice(0, 7)}`,
  };
}

function mergedJson(path: string, yours: string, base: string, next: string): Change {
  try {
    const { text, overruled } = mergeJson(yours, base, next);
    const note = overruled.length === 0 ? {} : { note: `the kit's own ${overruled.join(", ")} stands; yours is kept aside` };
    return { path, how: "merged", write: Buffer.from(text), ...note };
  } catch {
    return { path, how: "replaced", write: Buffer.from(next), note: "yours is no JSON; it is kept aside" };
  }
}

/** What the student began with, from the pristine copies; of an upgrade that was interrupted, what it had put there. */
function baseOf(path: string, { base, next, find }: Upgrade): string | undefined {
  const pristine = find(pristineOf(path));
  if (pristine.kind !== "file" || !(hasHash(pristine.bytes, base.files[path]) || hasHash(pristine.bytes, next.files[path])))
    return undefined;
  const text = textOf(pristine.bytes);
  return text === undefined ? undefined : plainLines(text);
}

const projectFiles = ["package.json", ".gitignore", ".gitlab-ci.yml", ".github/workflows/check.yml"];

/** Whether a student is expected to write in it. */
export function isStudents(path: string): boolean {
  return isLabFile(path) || projectFiles.includes(path);
}

function isLabFile(path: string): boolean {
  return /^labs\/lab-\d-[^/]+\/[^/]+$/.test(path);
}

/** Where the copy of a student's file is that nobody writes in: `checks/skeletons/lab-1-codec/message.ts`. */
export function pristineOf(path: string): string {
  if (isLabFile(path)) return path.replace(/^labs/, "checks/skeletons");
  return `checks/skeletons/project/${path.replaceAll(/(^|\/)\./g, "$1dot-")}`;
}
