import { createHash } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UsageError } from "#checks/command-line/usage-error.ts";

/** Who holds the lock. The computer's name itself is nobody's business. */
type Holder = { readonly pid: number; readonly started: string; readonly computer: string };

export type RunLock = { readonly release: () => void };

/**
 * Makes sure that no other run writes into the folder. A run that was killed leaves its lock behind: it is taken over when its process is
 * gone.
 *
 * @throws {UsageError} when another run holds it
 */
export function lockRun(folder: string, shown: string): RunLock {
  const lock = join(folder, ".lock");
  const own = JSON.stringify(thisHolder());
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, own);
  try {
    // Two tries: the second after an old lock was put aside.
    if (!tryLink(draft, lock)) {
      putAside(lock, shown);
      if (!tryLink(draft, lock)) throw new UsageError(`Another run is writing into ${shown}; wait until it is done.`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return { release: () => rmSync(lock, { force: true }) };
}

function tryLink(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") return false;
    // Some file systems have no hard links.
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS") return tryWrite(lock, readFileSync(draft));
    throw error;
  }
}

function tryWrite(lock: string, content: Uint8Array): boolean {
  try {
    writeFileSync(lock, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Moves an old lock away, if its run is gone. */
function putAside(lock: string, shown: string): void {
  const text = read(lock);
  if (text === undefined) return;
  const holder = parse(text);
  if (holder !== undefined && holder.computer !== thisComputer())
    throw new UsageError(`A run on another computer writes into ${shown}; when it is gone, remove ${shown}/.lock.`);
  if (holder !== undefined && isAlive(holder))
    throw new UsageError(`Another run (process ${holder.pid}) is writing into ${shown}; wait until it is done.`);
  const aside = `${lock}.old.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    // Somebody else put it aside.
    return;
  }
  const moved = read(aside);
  // Somebody else took it over in between: that lock is a good one, and goes back.
  if (moved !== text) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string): Holder | undefined {
  try {
    const holder: Holder = JSON.parse(text);
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return startOf(pid) === started;
}

function thisHolder(): Holder {
  return { pid: process.pid, started: startOf(process.pid), computer: thisComputer() };
}

/** When a process began, where the system tells (Linux, proc(5) field 22): numbers of processes are used again. */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`) ?? "";
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function thisComputer(): string {
  const boot = read("/proc/sys/kernel/random/boot_id") ?? "";
  return createHash("sha256").update(`${hostname()}\n${boot}`).digest("hex").slice(0, 16);
}
