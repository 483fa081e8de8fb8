import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";

/**
 * Whether the process (`EMFILE`) or the whole system (`ENFILE`) has no file descriptor left: tries to get one and gives it back. Takes a
 * few microseconds.
 *
 * libuv closes connections that it has no descriptor for, and tells nobody; so a server has to look for itself.
 */
export function descriptorShortage(): NodeJS.ErrnoException | undefined {
  try {
    closeSync(openSync(devNull, "r"));
    return undefined;
  } catch (error) {
    const cause = error as NodeJS.ErrnoException;
    return isShortage(cause) ? cause : undefined;
  }
}

export function isShortage({ code }: NodeJS.ErrnoException): boolean {
  return code === "EMFILE" || code === "ENFILE";
}
