import { readdirSync, readFileSync } from "node:fs";
import type { Millis } from "#contract/vocabulary.ts";

/** Linux counts in hundredths of a second for programs, whatever the kernel itself uses (proc_pid_stat(5)). */
const clockTick = 10;

/** User and system time of all processes in a group; `undefined` where there is no /proc. */
export function cpuTimeOfGroup(group: number): Millis | undefined {
  const members = membersOf(group);
  // Fields 14 and 15.
  return members?.reduce((sum, { stat }) => sum + (Number(stat[11]) + Number(stat[12])) * clockTick, 0);
}

/** Memory in bytes that the processes of a group hold; `undefined` where there is no /proc. */
export function memoryOfGroup(group: number): number | undefined {
  return membersOf(group)?.reduce((sum, { name }) => sum + Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(name, "status"))?.[1] ?? 0) * 1024, 0);
}

type Member = { readonly name: string; readonly stat: readonly string[] };

function membersOf(group: number): readonly Member[] | undefined {
  try {
    return (
      readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map((name) => ({ name, stat: statOf(name) }))
        // Field 5.
        .filter(({ stat }) => Number(stat[2]) === group)
    );
  } catch {
    return undefined;
  }
}

/** The fields from the third on; the second may hold blanks and brackets. */
function statOf(name: string): readonly string[] {
  const stat = read(name, "stat");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** The process may be gone at any moment. */
function read(name: string, file: string): string {
  try {
    return readFileSync(`/proc/${name}/${file}`, "utf8");
  } catch {
    return "";
  }
}
