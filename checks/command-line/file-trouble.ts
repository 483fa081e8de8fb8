const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "your part of the disk is full",
  EEXIST: "a file is in the way",
  EISDIR: "it is a folder",
  ENOENT: "there is no such file or folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file, and no folder",
  EROFS: "the disk is read-only",
};

/** What the operating system has against a file, in words and without a path. Throws whatever is no such trouble. */
export function fileTrouble(error: unknown): string {
  if (!(error instanceof Error && "syscall" in error)) throw error;
  const { code = "" } = error as NodeJS.ErrnoException;
  return words[code] ?? error.message.split(",")[0] ?? code;
}
