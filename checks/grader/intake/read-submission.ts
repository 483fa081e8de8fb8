import { lstat } from "node:fs/promises";
import type { Refusal, Submission } from "#checks/grader/model/submission.ts";
import { bounds } from "./bounds.ts";
import type { FoundEntry } from "./found-entry.ts";
import { findGitFolder } from "./git-folder.ts";
import { openRegular } from "./open-regular.ts";
import { readFolder } from "./read-folder.ts";
import { readGit } from "./read-git.ts";
import { readTar } from "./read-tar.ts";
import { readZip } from "./read-zip.ts";
import { archiveKind, type SubmissionSource } from "./submission-source.ts";
import { takeFiles } from "./take-files.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";
import { visibleText } from "./visible-text.ts";

/** A submission as it was read: whose it is, the roster says later. */
export type ReadSubmission = Omit<Submission, "students" | "group">;

type Read = Pick<ReadSubmission, "source" | "revision" | "submittedAt"> & { readonly entries: readonly FoundEntry[] };

/**
 * Reads a submission. What is wrong with it is a refusal in the result, and costs the submission what was refused; what is thrown is
 * trouble of the computer that reads it.
 *
 * @param before of a repository, only what was committed until then counts
 */
export async function readSubmission(source: SubmissionSource, before: Date | undefined): Promise<ReadSubmission> {
  const signal = AbortSignal.timeout(bounds.time);
  try {
    const { entries, ...about } = await readEntries(source, before, signal);
    return { id: source.id, ...about, ...takeFiles(entries) };
  } catch (error) {
    const why = signal.aborted ? "takes more than a minute to read" : error instanceof UnreadableSubmission ? error.message : undefined;
    if (why === undefined) throw error;
    const refusal: Refusal = { path: ".", why: visibleText(why) };
    return { id: source.id, source: await kindOf(source, before), files: [], refused: [refusal] };
  }
}

async function readEntries({ path, revision }: SubmissionSource, before: Date | undefined, signal: AbortSignal): Promise<Read> {
  const found = await lstat(path);
  if (found.isDirectory()) {
    if (!(await isReadByCommit(path, revision, before))) return { source: "folder", entries: await readFolder(path) };
    const commit = await readGit(path, { revision, before }, signal);
    return { source: "git", entries: commit.entries, revision: commit.revision, submittedAt: commit.committedAt };
  }
  if (revision !== undefined) throw new UnreadableSubmission("is no git repository, so it has no commits");
  const kind = archiveKind(path);
  if (found.isFile() && kind === undefined) throw new UnreadableSubmission("is no folder, no .zip, no .tar.gz and no git repository");
  const opened = await openRegular(path);
  if (opened.kind === "not") throw new UnreadableSubmission(opened.why);
  try {
    if (opened.size > bounds.archive) throw new UnreadableSubmission("is an archive of more than 64 MiB");
    const entries =
      kind === "zip" ? await readZip(opened.file, opened.size, signal) : await readTar(opened.file, opened.size, kind === "tar.gz", signal);
    return { source: "archive", entries };
  } finally {
    await opened.file.close();
  }
}

/** A commit counts when one is asked for, and of a repository that has no working tree. */
async function isReadByCommit(path: string, revision: string | undefined, before: Date | undefined): Promise<boolean> {
  if (revision !== undefined) return true;
  const gitFolder = await findGitFolder(path);
  return gitFolder === path || (gitFolder !== undefined && before !== undefined);
}

async function kindOf({ path, revision }: SubmissionSource, before: Date | undefined): Promise<Submission["source"]> {
  if (revision === undefined && !(await lstat(path)).isDirectory()) return "archive";
  return (await isReadByCommit(path, revision, before)) ? "git" : "folder";
}
