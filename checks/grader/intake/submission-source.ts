import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { userFolder } from "#launch/root.mjs";

/** Where a submission is to be read from. Nothing of it has been read yet. */
export type SubmissionSource = {
  readonly id: string;
  /** Absolute. Never part of a result. */
  readonly path: string;
  /** As the user gave it. */
  readonly given: string;
  /** The commit that `repository@REVISION` names. */
  readonly revision: string | undefined;
};

const archiveEnding = /\.(?:zip|tar\.gz|tgz|tar)$/i;

/** Which kind of archive a name promises. */
export function archiveKind(name: string): "zip" | "tar" | "tar.gz" | undefined {
  const ending = archiveEnding.exec(name)?.[0].toLowerCase();
  return ending === ".zip" ? "zip" : ending === ".tar" ? "tar" : ending === undefined ? undefined : "tar.gz";
}

/**
 * The submissions that the words of a command line name, sorted by their ids.
 *
 * @throws {UsageError} for a path at which there is nothing, and for two submissions whose names are alike
 */
export function findSources(words: readonly string[]): readonly SubmissionSource[] {
  const found = words.map(findSource);
  const times = new Map<string, number>();
  for (const { id } of found) times.set(id.toLowerCase(), (times.get(id.toLowerCase()) ?? 0) + 1);
  // Each student's work.zip in a folder of its own: then the folder's name tells them apart.
  const named = found.map((source) =>
    times.get(source.id.toLowerCase()) === 1
      ? source
      : { ...source, id: submissionId(`${basename(dirname(source.path))}-${basename(source.path)}`) },
  );
  const byId = new Map<string, SubmissionSource>();
  for (const source of named) {
    const other = byId.get(source.id.toLowerCase());
    if (other !== undefined)
      throw new UsageError(`${other.given} and ${source.given} would both be called ${source.id}; rename one of them, or give it once.`);
    byId.set(source.id.toLowerCase(), source);
  }
  return named.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function findSource(given: string): SubmissionSource {
  const whole = resolve(userFolder, given);
  if (isThere(whole)) return { id: submissionId(basename(whole)), path: whole, given, revision: undefined };
  const at = given.lastIndexOf("@");
  const [path, revision] = [resolve(userFolder, given.slice(0, Math.max(at, 0))), given.slice(at + 1)];
  if (at < 1 || !isThere(path)) throw new UsageError(`${given}: there is no such folder, archive or repository.`);
  if (!/^[\w./~^@{}-]{1,200}$/.test(revision) || revision.startsWith("-"))
    throw new UsageError(`${given}: ${revision} is no commit; write it as in repository@main or repository@1a2b3c4.`);
  return { id: submissionId(basename(path)), path, given, revision };
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

const longestId = 64;

/** A name without an archive's ending, fit for a file name. Names that had to be changed stay apart from each other by a few digits of their hash. */
export function submissionId(name: string): string {
  const bare = name.replace(archiveEnding, "").replace(/\.git$/, "");
  const plain = bare.replace(/[^a-z0-9._-]+/gi, "-").replace(/^[.-]+/, "");
  if (plain === bare && plain !== "" && plain.length <= longestId) return plain;
  const mark = createHash("sha256").update(bare.normalize("NFC")).digest("hex").slice(0, 8);
  return plain === "" ? `submission-${mark}` : `${plain.slice(0, longestId - 9)}-${mark}`;
}
