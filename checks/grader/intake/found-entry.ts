import { bounds } from "./bounds.ts";
import { readEntryPath } from "./entry-path.ts";
import { isOwnFileName, labOfFolder } from "./lab-files.ts";

/** What a submission holds at a path, as found: nothing is judged yet. */
export type FoundEntry =
  | { readonly kind: "file"; readonly path: string; readonly size: number; readonly content?: Uint8Array }
  | { readonly kind: "folder"; readonly path: string }
  /** Anything else, and what it is: `is a link`. */
  | { readonly kind: "other"; readonly path: string; readonly why: string };

/** Whether a file's content has to be read: it may turn out to be a lab's. All others are only named. */
export function mayBeTaken(path: string, size: number): boolean {
  if (size > bounds.file) return false;
  const found = readEntryPath(path);
  if (found.kind === "refused") return false;
  const name = found.segments.at(-1) ?? "";
  const folder = found.segments.at(-2) ?? "";
  return found.segments.length <= 4 && labOfFolder(folder) !== undefined && isOwnFileName(name);
}
