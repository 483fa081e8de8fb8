import { readdirSync, readFileSync } from "node:fs";
import type { Usage } from "./confined.ts";

/** The clock in which Linux counts processor time for /proc: 100 a second on every machine. */
const millisecondsOfTick = 10;

/** A process and all that descend from it, as far as they are to be seen. Linux. */
export function processTree(root: number): readonly number[] {
  const found = [root];
  // The list grows while it is walked.
  for (const pid of found) found.push(...childrenOf(pid).filter((child) => !found.includes(child)));
  return found;
}

/** What these processes have used, and those that they have outlived. */
export function usageOf(pids: readonly number[]): Usage {
  let ticks = 0;
  let kibibytes = 0;
  for (const pid of pids) {
    const stat = read(`/proc/${pid}/stat`);
    // The name, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // User and system time, and those of children that have ended: fields 14 to 17, counted from 1.
    for (const field of fields.slice(11, 15)) ticks += Number(field);
    kibibytes += Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
  }
  return { cpu: ticks * millisecondsOfTick, memory: kibibytes / 1024 };
}

/** Each thread has its own children. */
function childrenOf(pid: number): readonly number[] {
  return threadsOf(pid).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number));
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Nothing, when the process has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
