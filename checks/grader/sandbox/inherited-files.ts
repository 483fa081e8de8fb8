import { openSync, readdirSync, readFileSync } from "node:fs";
import { devNull } from "node:os";

/** Of open(2), for the processor families that Node runs on. */
const closedOnExec = 0o2000000;

let nothing: number | undefined;

/**
 * For the end of a child's `stdio`, from descriptor `first` on: an empty file in the place of each that this process was itself given and
 * would hand on; `"ignore"` would leave it there. A shell gives such files (`<(…)`, `exec 20>grades`), and Node takes back only those with
 * small numbers. Linux.
 */
export function inPlaceOfInherited(first: number): readonly number[] {
  const highest = Math.max(first - 1, ...descriptors().filter(isHandedOn));
  if (highest < first) return [];
  const empty = nothing ?? openSync(devNull, "r");
  nothing = empty;
  return Array.from({ length: highest + 1 - first }, () => empty);
}

function descriptors(): readonly number[] {
  try {
    return readdirSync("/proc/self/fdinfo").map(Number);
  } catch {
    return [];
  }
}

function isHandedOn(descriptor: number): boolean {
  try {
    const flags = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8"))?.[1] ?? "0";
    return (Number.parseInt(flags, 8) & closedOnExec) === 0;
  } catch {
    // It was the one with which the list was read.
    return false;
  }
}
