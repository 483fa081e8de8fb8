import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import { bounds } from "./bounds.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/** Files that make git read another repository's objects: somebody else's work, perhaps the reference, by its number. */
const leadsElsewhere = ["objects/info/alternates", "objects/info/http-alternates", "commondir", "gitdir"];

/** Where a repository keeps its objects: `.git`, or the folder itself when it is bare. `undefined` when it is no repository. */
export async function findGitFolder(folder: string): Promise<string | undefined> {
  const inside = join(folder, ".git");
  if (await exists(inside)) return inside;
  const isBare = (await exists(join(folder, "HEAD"))) && (await exists(join(folder, "objects"))) && (await exists(join(folder, "refs")));
  return isBare ? folder : undefined;
}

/**
 * Makes sure that git, reading this repository, reads nothing else: no links, no pipes, no objects that lie elsewhere.
 *
 * @throws {UnreadableSubmission}
 */
export async function requireClosedRepository(gitFolder: string): Promise<void> {
  const found = await lstat(gitFolder);
  if (found.isSymbolicLink()) throw new UnreadableSubmission("has a .git that is a link");
  if (!found.isDirectory()) throw new UnreadableSubmission("has a .git that leads to another repository");
  for (const name of leadsElsewhere)
    if (await exists(join(gitFolder, name)))
      throw new UnreadableSubmission(
        "is a repository that borrows from another one; make a clone of it that is whole: git clone --no-local",
      );
  let left = bounds.gitFiles;
  const folders = [gitFolder];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for await (const entry of await opendir(folder)) {
      if (left-- === 0) throw new UnreadableSubmission("is a repository of too many files");
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
      else if (!entry.isFile()) throw new UnreadableSubmission("is a repository with a link or a pipe in its .git");
    }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
