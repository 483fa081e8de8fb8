import { bounds } from "./bounds.ts";
import { type FoundEntry, mayBeTaken } from "./found-entry.ts";
import { findGitFolder, requireClosedRepository } from "./git-folder.ts";
import { damaged, requireGenuine } from "./git-object.ts";
import { nameCommit } from "./name-commit.ts";
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
  const { tree, committedAt } = await readHeader(repository, revision);
  return { entries: await readTree(repository, tree), revision, committedAt };
}

async function findCommit(repository: GitRepository, { revision = "HEAD", before }: WantedCommit): Promise<string> {
  const words = ["rev-parse", "--verify", "--quiet", `${await nameCommit(repository, revision)}^{commit}`];
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

/** What a commit says of itself. */
async function readHeader(repository: GitRepository, revision: string): Promise<{ readonly tree: string; readonly committedAt: string }> {
  const content = await runGit(repository, ["cat-file", "commit", revision]);
  requireGenuine(revision, "commit", content);
  const [header = ""] = content.toString("utf8").split("\n\n");
  const seconds = /^committer .*> (\d{1,11}) [+-]\d{4}$/m.exec(header)?.[1];
  if (seconds === undefined) throw new UnreadableSubmission("has a commit without a time");
  const tree = /^tree ([0-9a-f]{40,64})$/m.exec(header)?.[1];
  if (tree === undefined) throw damaged();
  return { tree, committedAt: new Date(Number(seconds) * 1000).toISOString() };
}

type TreeObject = { readonly path: string; readonly object: string };
type TreeFile = TreeObject & { readonly size: number };

async function readTree(repository: GitRepository, tree: string): Promise<readonly FoundEntry[]> {
  const listing = await runGit(repository, ["ls-tree", "-r", "-t", "-z", "-l", "--full-tree", tree]);
  const lines = new TextDecoder("utf-8")
    .decode(listing)
    .split("\0")
    .filter((line) => line !== "");
  if (lines.length > bounds.entries) throw new UnreadableSubmission(`holds more than ${bounds.entries} files`);
  const folders: TreeObject[] = [{ path: "", object: tree }];
  const wanted: TreeFile[] = [];
  const entries: FoundEntry[] = [];
  for (const line of lines) {
    const [, mode = "", object = "", sizeText = "", path = ""] = /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(\d+|-)\t([\s\S]*)$/.exec(line) ?? [];
    const size = Number(sizeText);
    if (mode === "040000") folders.push({ path: `${path}/`, object });
    else if (mode === "120000") entries.push({ kind: "other", path, why: "is a link" });
    else if (mode === "160000") entries.push({ kind: "other", path, why: "is a submodule: another repository" });
    else if (!mode.startsWith("100")) entries.push({ kind: "other", path, why: "is no regular file" });
    else if (mayBeTaken(path, size)) wanted.push({ path, object, size });
    else entries.push({ kind: "file", path, size });
  }
  const onTheWay = folders.filter((folder) => wanted.some(({ path }) => path.startsWith(folder.path)));
  return [...entries, ...(await readFiles(repository, onTheWay, wanted))];
}

async function readFiles(
  repository: GitRepository,
  onTheWay: readonly TreeObject[],
  files: readonly TreeFile[],
): Promise<readonly FoundEntry[]> {
  if (files.reduce((sum, { size }) => sum + size, 0) > bounds.held - (1 << 20))
    throw new UnreadableSubmission("has more than 31 MiB in folders named as the labs'");
  if (files.length === 0) return [];
  const ids = [...onTheWay, ...files].map(({ object }) => object);
  const answer = await runGit(repository, ["cat-file", "--batch"], `${ids.join("\n")}\n`);
  let offset = 0;
  const next = (id: string, kind: "tree" | "blob"): Uint8Array => {
    const end = answer.indexOf(0x0a, offset);
    const [, size] = new RegExp(`^${id} ${kind} (\\d{1,9})$`).exec(answer.toString("latin1", offset, end)) ?? [];
    if (size === undefined) throw damaged();
    const content = answer.subarray(end + 1, end + 1 + Number(size));
    offset = end + 1 + content.length + 1;
    requireGenuine(id, kind, content);
    return content;
  };
  for (const { object } of onTheWay) next(object, "tree");
  return files.map(({ path, object, size }) => {
    const content = next(object, "blob");
    if (content.length !== size) throw damaged();
    return { kind: "file", path, size, content };
  });
}
