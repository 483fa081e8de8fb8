/** A path in a submission, taken apart, or why it is none that can be taken. */
export type EntryPath =
  | { readonly kind: "path"; readonly segments: readonly string[] }
  | { readonly kind: "refused"; readonly why: string };

const control = /\p{Cc}/u;
const longestPath = 1024;
const mostSegments = 64;

/** What a decoder puts in the place of bytes that are no text. */
const replacement = "\ufffd";

/** Takes a path apart, as an archive, a repository or a folder names it: with `/`, relative, perhaps `./` in front. */
export function readEntryPath(path: string): EntryPath {
  if (path.length > longestPath) return refuse("has a path of more than 1024 characters");
  if (path.includes(replacement)) return refuse("has a name that is not UTF-8");
  if (control.test(path)) return refuse("has a control character in its name");
  if (path.includes("\\")) return refuse("has a backslash in its name");
  if (path.startsWith("/")) return refuse("has an absolute path");
  if (/^[a-z]:/i.test(path)) return refuse("has a path with a drive of Windows");
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (segments.includes("..")) return refuse("leads out of the submission with ..");
  if (segments.length > mostSegments) return refuse("lies more than 64 folders deep");
  if (segments.length === 0) return refuse("has no name");
  return { kind: "path", segments };
}

function refuse(why: string): EntryPath {
  return { kind: "refused", why };
}
