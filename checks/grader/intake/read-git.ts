import { bounds } from "./bounds.ts";
import { type FoundEntry, mayBeTaken } from "./found-entry.ts";
import { findGitFolder, requireClosedRepository } from "./git-folder.ts";
import { type GitRepository, runGit } from "./run-git.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/** Which commit counts: one by name, or the last that leads to it and was made no later than a moment. */
export type WantedCommit = { readonly revision: string | undefined; readonly before: Date | undefined };

export type ReadCommit = {
  readonly entries: readonly FoundEntry[];
  readonly revision: string;
  /** The committer's time. Whoever commits sets it. */
  readonly committedAt: string;
};

/**
 * What a repository's commit holds. The objects are read one by one; nothing is checked out.
 *
 * @throws {UnreadableSubmission} when there is no such commit, or the repository is no closed one
 */
export async function readGit(folder: string, wanted: WantedCommit, signal: AbortSignal): Promise<ReadCommit> {
  const gitFolder = await findGitFolder(folder);
  if (gitFolder === undefined) throw new UnreadableSubmission("is no git repository");
  await requireClosedRepository(gitFolder);
  const repository = { folder: gitFolder, signal };
  const revision = await findCommit(repository, wanted);
  const committedAt = await commitTime(repository, revision);
  return { entries: await readTree(repository, revision), revision, committedAt };
}

async function findCommit(repository: GitRepository, { revision = "HEAD", before }: WantedCommit): Promise<string> {
  const words = ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`];
  const named = await runGit(repository, words).catch((error: unknown) => {
    if (!(error instanceof UnreadableSubmission)) throw error;
    throw new UnreadableSubmission(revision === "HEAD" ? "is a repository without a commit" : `has no commit ${revision}`);
  });
  const tip = named.toString("latin1").trim();
  if (before === undefined) return tip;
  const seconds = Math.floor(before.getTime() / 1000);
  const last = (await runGit(repository, ["rev-list", "--max-count=1", `--until=${seconds}`, tip, "--"])).toString("latin1").trim();
  if (last === "") throw new UnreadableSubmission(`has no commit from ${before.toISOString()} or earlier`);
  return last;
}

async function commitTime(repository: GitRepository, revision: string): Promise<string> {
  const commit = (await runGit(repository, ["cat-file", "commit", revision])).toString("utf8");
  const seconds = /^committer .*> (\d{1,11}) [+-]\d{4}$/m.exec(commit.split("\n\n")[0] ?? "")?.[1];
  if (seconds === undefined) throw new UnreadableSubmission("has a commit without a time");
  return new Date(Number(seconds) * 1000).toISOString();
}

type TreeFile = { readonly path: string; readonly object: string; readonly size: number };

async function readTree(repository: GitRepository, revision: string): Promise<readonly FoundEntry[]> {
  const listing = await runGit(repository, ["ls-tree", "-r", "-z", "-l", "--full-tree", revision]);
  const lines = new TextDecoder("utf-8")
    .decode(listing)
    .split("\0")
    .filter((line) => line !== "");
  if (lines.length > bounds.entries) throw new UnreadableSubmission(`holds more than ${bounds.entries} files`);
  const wanted: TreeFile[] = [];
  const entries: FoundEntry[] = [];
  for (const line of lines) {
    const [, mode = "", object = "", sizeText = "", path = ""] = /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(\d+|-)\t([\s\S]*)$/.exec(line) ?? [];
    const size = Number(sizeText);
    if (mode === "120000") entries.push({ kind: "other", path, why: "is a link" });
    else if (mode === "160000") entries.push({ kind: "other", path, why: "is a submodule: another repository" });
    else if (!mode.startsWith("100")) entries.push({ kind: "other", path, why: "is no regular file" });
    else if (mayBeTaken(path, size)) wanted.push({ path, object, size });
    else entries.push({ kind: "file", path, size });
  }
  return [...entries, ...(await readObjects(repository, wanted))];
}

async function readObjects(repository: GitRepository, files: readonly TreeFile[]): Promise<readonly FoundEntry[]> {
  if (files.reduce((sum, { size }) => sum + size, 0) > bounds.held - (1 << 20))
    throw new UnreadableSubmission("has more than 31 MiB in folders named as the labs'");
  if (files.length === 0) return [];
  const answer = await runGit(repository, ["cat-file", "--batch"], `${files.map(({ object }) => object).join("\n")}\n`);
  let offset = 0;
  return files.map(({ path, object, size }): FoundEntry => {
    const end = answer.indexOf(0x0a, offset);
    if (answer.toString("latin1", offset, end) !== `${object} blob ${size}`) throw new UnreadableSubmission("is a damaged repository");
    offset = end + 1 + size + 1;
    return { kind: "file", path, size, content: answer.subarray(end + 1, end + 1 + size) };
  });
}
