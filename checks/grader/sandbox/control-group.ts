import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Bounds } from "./confined.ts";

/** The kernel's own account of a program and all that it starts (cgroups(7)): it lets nothing through between two looks. */
export type ControlGroup = {
  /** Puts these processes under it, with what they start from now on. Asks again until there is none that it has not taken. */
  readonly take: (processes: () => readonly number[]) => void;
  /** Whether something in it was ended for want of memory. */
  readonly ranOutOfMemory: () => boolean;
  /** When nothing runs in it any more. Waits until the system has forgotten what has ended. */
  readonly remove: () => Promise<void>;
};

const home = "/sys/fs/cgroup";
let count = 0;

/** Five seconds, in milliseconds between tries. An empty group that stays does no harm. */
const mostTries = 250;
const betweenTries = 20;

/** One folder a resource in the first version, one for all in the second; `undefined` where this user may make none. Linux. */
export function openControlGroup({ memory, tasks }: Bounds): ControlGroup | undefined {
  const bytes = String(memory * 1024 * 1024);
  const name = `kit-grader-${process.pid}-${count++}`;
  const made: string[] = [];
  const make = (parent: string | undefined, limits: Readonly<Record<string, string>>): boolean => {
    if (parent === undefined) return false;
    const folder = join(parent, name);
    mkdirSync(folder);
    made.push(folder);
    for (const [file, limit] of Object.entries(limits)) {
      // A file made here would be none of the kernel's.
      if (!existsSync(join(folder, file))) return false;
      writeFileSync(join(folder, file), limit);
    }
    return true;
  };
  const remove = async () => {
    await Promise.all(made.splice(0).map(removeFolder));
  };
  try {
    const whole = make(ownFolder(""), { "memory.max": bytes, "pids.max": `${tasks}` });
    if (!whole) {
      void remove();
      const both = make(ownFolder("memory"), { "memory.limit_in_bytes": bytes }) && make(ownFolder("pids"), { "pids.max": `${tasks}` });
      if (!both) throw new Error("There is none.");
    }
  } catch {
    void remove();
    return undefined;
  }
  const [account = ""] = made;
  return {
    take: (processes) => {
      const taken = new Set<number>();
      for (let found = processes(); found.some((pid) => !taken.has(pid)); found = processes())
        for (const pid of found) {
          for (const folder of made) writeQuietly(join(folder, "cgroup.procs"), `${pid}`);
          taken.add(pid);
        }
    },
    ranOutOfMemory: () => ["memory.events", "memory.oom_control"].some((file) => /^oom_kill [1-9]/m.test(readQuietly(join(account, file)))),
    remove,
  };
}

/** The group in which this process is: of one resource, or, with no name, of the second version. */
function ownFolder(resource: string): string | undefined {
  const line = readQuietly("/proc/self/cgroup")
    .split("\n")
    .find((each) => (resource === "" ? each.startsWith("0::") : each.split(":")[1]?.split(",").includes(resource)));
  const path = line?.split(":").slice(2).join(":");
  const folder = path === undefined ? undefined : join(home, resource, path);
  return folder !== undefined && existsSync(join(folder, "cgroup.procs")) ? folder : undefined;
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function writeQuietly(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch {
    // The process has just ended.
  }
}

/** What has ended stays in its group until whoever started it, or the system in their place, has seen it. */
async function removeFolder(folder: string): Promise<void> {
  for (let left = mostTries; left > 0; left--) {
    try {
      return rmdirSync(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EBUSY") return;
    }
    await setTimeout(betweenTries);
  }
}
