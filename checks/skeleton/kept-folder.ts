import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder for a copy of somebody's work, named by the user's clock: `…/lab-1-codec-2026-03-31-142530`. When that is there already
 * it gets a number behind it: a copy never goes into another one.
 *
 * @param prefix the path up to the date
 * @returns the folder's path
 */
export function makeKeptFolder(prefix: string, now: Date): string {
  mkdirSync(dirname(prefix), { recursive: true });
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  for (let turn = 1; ; turn++) {
    const folder = `${prefix}-${date}-${time}${turn === 1 ? "" : `-${turn}`}`;
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
