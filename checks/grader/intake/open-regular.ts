import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";

/**
 * Opens a file that is a regular one, and only such: a link, a pipe or a device is neither followed nor waited for. The caller closes it.
 *
 * @returns the open file, or why it was not opened: `is a link`
 */
export async function openRegular(
  path: string,
): Promise<{ readonly kind: "open"; readonly file: FileHandle; readonly size: number } | Not> {
  const found = await lstat(path);
  const why = whyNotRegular(found);
  if (why !== undefined) return { kind: "not", why };
  // Between the two somebody could put another file in its place: no link is followed (POSIX), and what is open is looked at again.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  const opened = await file.stat();
  const whyNow = whyNotRegular(opened);
  if (whyNow === undefined) return { kind: "open", file, size: opened.size };
  await file.close();
  return { kind: "not", why: whyNow };
}

type Not = { readonly kind: "not"; readonly why: string };

type FileKind = {
  readonly isFile: () => boolean;
  readonly isSymbolicLink: () => boolean;
  readonly isDirectory: () => boolean;
  readonly isFIFO: () => boolean;
  readonly nlink: number;
};

/** Why it is no regular file of its own, or `undefined`. */
export function whyNotRegular(found: FileKind): string | undefined {
  if (found.isSymbolicLink()) return "is a link";
  if (found.isDirectory()) return "is a folder";
  if (found.isFIFO()) return "is a pipe";
  if (!found.isFile()) return "is no regular file";
  return found.nlink > 1 ? "is a hard link: the same file stands somewhere else, too" : undefined;
}
