import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import { gradeFile, keepManifest, makeRunFolder, type RunFolder, readRun, takenFile } from "./run-folder.ts";
import { differingSettings, type RunManifest } from "./run-manifest.ts";

/** A run that is to become a part of a larger one. */
export type Part = { readonly folder: RunFolder; readonly manifest: RunManifest; readonly grades: readonly SubmissionGrade[] };

/**
 * Reads the parts, and makes sure that they are the parts of one class: graded alike, each submission once, none missing.
 *
 * @returns the manifest of the whole, and all grades in the order of the ids
 * @throws {UsageError}
 */
export function joinParts(parts: readonly Part[]): { readonly manifest: RunManifest; readonly grades: readonly SubmissionGrade[] } {
  const [first, ...others] = parts;
  if (first === undefined) throw new UsageError("Give the folders that are to be merged.");
  for (const { folder, manifest } of others) {
    const differing = differingSettings(first.manifest, manifest);
    if (differing.length > 0)
      throw new UsageError(
        `${first.folder.shown} and ${folder.shown} were not graded alike: they differ in ${differing.join(", ")}. Grade one of them again.`,
      );
    if (manifest.submissions.join("\n") !== first.manifest.submissions.join("\n"))
      throw new UsageError(
        `${first.folder.shown} and ${folder.shown} are parts of different classes: their lists of submissions differ. Give every shard the same submissions.`,
      );
  }
  const homes = new Map<string, RunFolder>();
  for (const { folder, grades } of parts)
    for (const { submission } of grades) {
      const other = homes.get(submission.id);
      if (other !== undefined) throw new UsageError(`${submission.id} is in ${other.shown} and in ${folder.shown}; give each shard once.`);
      homes.set(submission.id, folder);
    }
  const missing = first.manifest.submissions.filter((id) => !homes.has(id));
  if (missing.length > 0) {
    const shards = new Set(parts.map(({ manifest }) => `${manifest.shard.index}/${manifest.shard.of}`));
    throw new UsageError(
      `${missing.length} of ${first.manifest.submissions.length} submissions ${missing.length === 1 ? "is" : "are"} in none of these folders (${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ", …" : ""}); given are the shards ${[...shards].join(", ")}.`,
    );
  }
  return {
    manifest: {
      ...first.manifest,
      gradedAt: parts.map(({ manifest }) => manifest.gradedAt).toSorted()[0] ?? first.manifest.gradedAt,
      shard: { index: 1, of: 1 },
    },
    grades: parts.flatMap(({ grades }) => grades).toSorted((a, b) => (a.submission.id < b.submission.id ? -1 : 1)),
  };
}

export function readPart(folder: RunFolder): Part {
  return { folder, ...readRun(folder) };
}

/** Makes the folder for the whole, in which nothing may be. Throws a `UsageError`. */
export function makeNewFolder(to: RunFolder): void {
  if (existsSync(join(to.path, "run.json"))) throw new UsageError(`${to.shown} holds a run already; give a new folder.`);
  makeRunFolder(to);
}

/** Copies all parts into one folder, which becomes a run like any other. */
export function copyParts(parts: readonly Part[], manifest: RunManifest, to: RunFolder): void {
  for (const { folder, grades } of parts)
    for (const { submission } of grades)
      for (const file of [gradeFile(submission.id), takenFile(submission.id)]) {
        mkdirSync(dirname(join(to.path, file)), { recursive: true });
        cpSync(join(folder.path, file), join(to.path, file));
      }
  keepManifest(to, manifest);
}
