import { readdirSync, readFileSync, statSync } from "node:fs";

/** A user that nobody else on this computer is. */
export type SpareUser = { readonly id: number; readonly giveBack: () => void };

/** Numbers that systems keep free for such purposes. */
const first = 61_184;
const last = 65_519;

const taken = new Set<number>();

/**
 * A user for one program: limits that are counted by user, and signals, stay within it. Only root can become another user: `undefined` for
 * everybody else.
 */
export function takeUser(): SpareUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const busy = new Set(usersOfProcesses().values());
  // Several graders may run at once: each begins somewhere else.
  const count = last - first + 1;
  for (let step = 0; step < count; step++) {
    const id = first + ((process.pid * 64 + step) % count);
    if (taken.has(id) || busy.has(id)) continue;
    taken.add(id);
    return { id, giveBack: () => taken.delete(id) };
  }
  throw new Error(`All users from ${first} to ${last} run programs already.`);
}

/** The processes that run as this user, without those that have ended and that nobody has seen yet. */
export function processesOf(user: number): readonly number[] {
  return [...usersOfProcesses()].flatMap(([pid, id]) => (id === user && !hasEnded(pid) ? [pid] : []));
}

function hasEnded(pid: number): boolean {
  try {
    // The state stands behind the name, which is in brackets.
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

function usersOfProcesses(): ReadonlyMap<number, number> {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return new Map(processes.map((pid) => [Number(pid), statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid ?? -1]));
}
