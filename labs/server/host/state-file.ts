import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What one program has changed on the host, and who it is. */
export type HostState<Change> = {
  /** The start of the system, and the namespaces of network and processes: what is written down holds nowhere else. */
  readonly boot: string;
  readonly place: string;
  /** The process, and when it started (process numbers are used again). */
  readonly process: number;
  readonly started: string;
  readonly changes: readonly Change[];
};

export type StateFile<Change> = { readonly path: string; readonly state: HostState<Change> };

const user = process.geteuid?.() ?? 0;

/** Where programs keep what they leave for others to find: those of root, and those of an ordinary user. */
export const stateFolders = { ofRoot: "/run/4over6-lab-kit", ofUser: join(tmpdir(), `4over6-lab-kit-${user}`) } as const;

/** A folder that only this user can write to, or `undefined` where there is none. Made if need be: see `removeIfEmpty`. */
export function stateFolder(candidates: readonly string[] = [stateFolders.ofRoot, stateFolders.ofUser]): string | undefined {
  for (const folder of candidates) {
    try {
      mkdirSync(folder, { mode: 0o700, recursive: true });
      if (isOnlyOurs(folder)) return folder;
    } catch {
      // The next one.
    }
  }
  return undefined;
}

/** Whether it is a folder that nobody else can write to. Where everybody can make folders, somebody else may have been first. */
export function isOnlyOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === user && (found.mode & 0o022) === 0;
}

/** The state of this process. */
export function ownState<Change>(changes: readonly Change[]): HostState<Change> {
  return {
    boot: readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
    place: `${readlinkSync("/proc/self/ns/net")} ${readlinkSync("/proc/self/ns/pid")}`,
    process: process.pid,
    started: startOf("self") ?? "",
    changes,
  };
}

/** Whether the process that wrote the state is still there. */
function isRunning({ process, started }: HostState<unknown>): boolean {
  return startOf(String(process)) === started;
}

/**
 * The files that programs of this kind have written in this place: of those that run, and of those that were killed. What is from before the
 * system's last start is deleted.
 *
 * @param program `"server"`: the files are called `server-PROCESS.json`
 */
export function readStateFiles<Change>(
  folder: string,
  program: string,
): { readonly running: readonly StateFile<Change>[]; readonly killed: readonly StateFile<Change>[] } {
  const own = ownState([]);
  const running: StateFile<Change>[] = [];
  const killed: StateFile<Change>[] = [];
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names.filter((each) => each.startsWith(`${program}-`) && each.endsWith(".json"))) {
    const path = join(folder, name);
    const state = readState<Change>(path);
    if (state?.boot !== own.boot) rmSync(path, { force: true });
    else if (state.place === own.place) (isRunning(state) ? running : killed).push({ path, state });
  }
  return { running, killed };
}

/** Whole or not at all: a process may be killed at any moment. */
export function writeStateFile(path: string, state: HostState<unknown>): void {
  mkdirSync(dirname(path), { mode: 0o700, recursive: true });
  const draft = `${path}.draft`;
  writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
  renameSync(draft, path);
}

/** The folder goes with its last file. */
export function removeStateFile(path: string): void {
  rmSync(path, { force: true });
  removeIfEmpty(dirname(path));
}

export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another program's file is in it.
  }
}

function readState<Change>(path: string): HostState<Change> | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as HostState<Change>;
  } catch {
    return undefined;
  }
}

/** When a process was started, in clock ticks since the system was (proc_pid_stat(5), field 22). The second field may hold blanks and brackets. */
function startOf(process: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${process}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
