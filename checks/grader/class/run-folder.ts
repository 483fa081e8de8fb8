import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import { makeFolders } from "#checks/skeleton/make-folders.ts";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import { counted } from "#kit/counted.ts";
import { userFolder } from "#launch/root.mjs";
import { type RunManifest, readManifest, shareOf } from "./run-manifest.ts";

const gradeFormat = "4over6-lab-kit/grade/v1";

/** Where a run keeps its results: run.json, one grade and one archive of taken files a submission, and what is made of them for others. */
export type RunFolder = {
  readonly path: string;
  /** As the user gave it. */
  readonly shown: string;
};

export function runFolder(given: string): RunFolder {
  return { path: resolve(userFolder, given), shown: given.replace(/[\\/]+$/, "") || given };
}

/** Makes the folder. Throws a `UsageError` when it holds something that is no run. */
export function makeRunFolder({ path, shown }: RunFolder): void {
  try {
    makeFolders(path);
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new UsageError(`--out ${shown} cannot be written: ${fileTrouble(error)}.`);
  }
  const strangers = readdirSync(path).filter((name) => !name.startsWith(".lock") && !isDraft(name));
  if (strangers.length > 0 && !existsSync(join(path, "run.json")))
    throw new UsageError(`${shown} is not empty, and what is in it is no run of the grader; give a new folder.`);
}

export function findManifest({ path, shown }: RunFolder): RunManifest | undefined {
  const file = join(path, "run.json");
  return existsSync(file) ? readManifest(readFileSync(file, "utf8"), `${shown}/run.json`) : undefined;
}

export function keepManifest({ path }: RunFolder, manifest: RunManifest): void {
  writeWhole(join(path, "run.json"), json(manifest));
}

/** The grade is written last: a submission that has one is finished. */
export function keepGrade({ path }: RunFolder, grade: SubmissionGrade, taken: Uint8Array): void {
  const { id } = grade.submission;
  writeWhole(join(path, "taken", `${id}.tar.gz`), taken);
  writeWhole(join(path, "grades", `${id}.json`), json({ format: gradeFormat, grade }));
}

/** Writes a grade again whose points have been adjusted. */
export function replaceGrade({ path }: RunFolder, grade: SubmissionGrade): void {
  const file = join(path, "grades", `${grade.submission.id}.json`);
  const text = json({ format: gradeFormat, grade });
  if (readFileSync(file, "utf8") !== text) writeWhole(file, text);
}

export function gradeFile(id: string): string {
  return `grades/${id}.json`;
}

/** A finished submission's grade. */
export function findGrade({ path, shown }: RunFolder, id: string): SubmissionGrade | undefined {
  const file = join(path, gradeFile(id));
  return existsSync(file) ? readGrade(readFileSync(file, "utf8"), `${shown}/${gradeFile(id)}`) : undefined;
}

/** Reads a grade's file. @throws {UsageError} when it is none */
export function readGrade(text: string, shown: string): SubmissionGrade {
  try {
    const kept = JSON.parse(text) as { readonly format: string; readonly grade: SubmissionGrade };
    if (kept.format === gradeFormat && typeof kept.grade.receipt.submission === "string") return kept.grade;
  } catch {
    // Told below.
  }
  throw new UsageError(`${shown} holds no grade of this version of the grader.`);
}

export function takenFile(id: string): string {
  return `taken/${id}.tar.gz`;
}

/** A run that is there, with all its grades. Throws a `UsageError` when there is none, or some are missing. */
export function readRun(folder: RunFolder): { readonly manifest: RunManifest; readonly grades: readonly SubmissionGrade[] } {
  const manifest = findManifest(folder);
  if (manifest === undefined)
    throw new UsageError(`${folder.shown} holds no run of the grader; give a folder that npm run grade has written.`);
  const ids = shareOf(manifest.submissions, manifest.shard);
  const grades = ids.flatMap((id) => findGrade(folder, id) ?? []);
  if (grades.length < ids.length)
    throw new UsageError(
      `${folder.shown} is not finished: ${grades.length} of ${counted(ids.length, "submission is", "submissions are")} graded; go on with --resume.`,
    );
  return { manifest, grades };
}

/** Removes what a killed run has left half-written. Only for whoever holds the lock. */
export function removeDrafts({ path }: RunFolder): void {
  for (const folder of [".", "grades", "taken"]) {
    if (!existsSync(join(path, folder))) continue;
    for (const name of readdirSync(join(path, folder))) if (isDraft(name)) rmSync(join(path, folder, name), { force: true });
  }
}

function isDraft(name: string): boolean {
  return name.startsWith(".") && name.endsWith(".draft");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}
