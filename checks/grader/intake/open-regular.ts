import { constants } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath } from "node:fs/promises";
import { sep } from "node:path";

/**
 * Opens a file that is a regular one, and only such: a link, a pipe or a device is neither followed nor waited for. The caller closes it.
 *
 * @param within the folder that it has to lie in, without links in its path. On the way there, too, a folder may become a link at any time
 * @returns the open file, or why it was not opened: `is a link`
 */
export async function openRegular(
  path: string,
  within?: string,
): Promise<{ readonly kind: "open"; readonly file: FileHandle; readonly size: number } | Not> {
  const found = await lstat(path).catch(orExchanged);
  if (found === undefined) return exchanged;
  const why = whyNotRegular(found);
  if (why !== undefined) return { kind: "not", why };
  // Between the two somebody could put another file in its place: no link is followed (POSIX), and what is open is looked at again.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(orExchanged);
  if (file === undefined) return exchanged;
  const opened = await file.stat();
  const whyNow = whyNotRegular(opened);
  if (whyNow === undefined && (within === undefined || (await placeOf(file, path)).startsWith(`${within}${sep}`)))
    return { kind: "open", file, size: opened.size };
  await file.close();
  return whyNow === undefined ? exchanged : { kind: "not", why: whyNow };
}

/** Where an open file lies. Linux tells it of the file itself, and not only of what has its name by now. */
async function placeOf(file: FileHandle, path: string): Promise<string> {
  return readlink(`/proc/self/fd/${file.fd}`).catch(() => realpath(path));
}

/** What an error means where a moment ago there was a regular file. */
export function orExchanged(error: unknown): undefined {
  if (error instanceof Error && "code" in error && /^(?:ENOENT|ENOTDIR|ELOOP|ENXIO)$/.test(String(error.code))) return undefined;
  throw error;
}

export const exchanged = { kind: "not", why: "was exchanged while it was read" } as const;

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
