import { createHash } from "node:crypto";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/**
 * Makes sure that an object is what its number says. Git itself believes the files of a repository in which somebody has exchanged one, and
 * the grade would name a commit that holds something else.
 *
 * @throws {UnreadableSubmission}
 */
export function requireGenuine(id: string, kind: "commit" | "tree" | "blob", content: Uint8Array): void {
  const hash = createHash(id.length === 64 ? "sha256" : "sha1");
  if (hash.update(`${kind} ${content.length}\0`).update(content).digest("hex") !== id) throw damaged();
}

export function damaged(): UnreadableSubmission {
  return new UnreadableSubmission("is a damaged repository");
}
