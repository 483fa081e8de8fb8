import { type GitRepository, runGit } from "./run-git.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/** As many digits as git writes of a commit at least. Who gives so many means a commit by its number, and no branch of that name. */
const commitNumber = /^[0-9a-f]{7,64}$/i;

/** Where git looks for a name (gitrevisions), without the files beside the branches that anybody may put there. */
const places = ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/", ""];

/**
 * The revision in words that mean one commit only. In a repository of somebody else's, a tag may be called as the branch that is asked for,
 * or as the beginning of a commit's number, and git would take the tag.
 *
 * @throws {UnreadableSubmission} when several commits are meant by it
 */
export async function nameCommit(repository: GitRepository, revision: string): Promise<string> {
  const [, name = "", rest = ""] = /^([^~^@]+)([~^@].*)?$/.exec(revision) ?? [];
  if (name === "" || name === "HEAD") return revision;
  if (commitNumber.test(name)) {
    const commit = await commitNumbered(repository, name.toLowerCase());
    if (commit === undefined) throw new UnreadableSubmission(`has no commit ${name}; if that is a branch, write refs/heads/${name}`);
    return `${commit}${rest}`;
  }
  const candidates = places.map((place) => `${place}${name}`);
  const listing = await runGit(repository, ["for-each-ref", "--format=%(refname)", ...candidates]);
  const listed = listing.toString("utf8").split("\n");
  const [found, another] = candidates.filter((each) => listed.includes(each));
  if (found !== undefined && another !== undefined)
    throw new UnreadableSubmission(
      `has both ${found} and ${another}, so which one is meant by ${name} cannot be known; write the longer name`,
    );
  return `${found ?? name}${rest}`;
}

/** The one commit whose number begins like this. */
async function commitNumbered(repository: GitRepository, beginning: string): Promise<string | undefined> {
  const objects = await runGit(repository, ["rev-parse", `--disambiguate=${beginning}`]);
  const kinds = (await runGit(repository, ["cat-file", "--batch-check"], objects.toString("latin1"))).toString("latin1");
  const commits = [...kinds.matchAll(/^([0-9a-f]+) commit \d+$/gm)].map(([, id]) => id);
  if (commits.length > 1) throw new UnreadableSubmission(`has several commits whose numbers begin with ${beginning}`);
  return commits[0];
}
