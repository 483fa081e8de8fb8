import { isAbsolute, relative } from "node:path";
import { root } from "#launch/root.mjs";

/** Whether `path` lies somewhere below `folder`. Both absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
}

/** A path as a user reads it: relative to the project where it lies in it, whole elsewhere. */
export function shownPath(path: string): string {
  return isInside(root, path) ? relative(root, path).replaceAll("\\", "/") : path;
}
