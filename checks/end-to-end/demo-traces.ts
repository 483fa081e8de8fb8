import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** A word in the environment of a program and of all that it starts, to find them again. */
export function createMark(): { readonly env: Readonly<Record<string, string>>; readonly processes: () => readonly string[] } {
  const value = randomBytes(12).toString("hex");
  return { env: { KIT_TEST_MARK: value }, processes: () => processesWith(`KIT_TEST_MARK=${value}`) };
}

/** The command lines of the processes that have this in their environment. A process that has ended, and was not waited for yet, has none. */
function processesWith(setting: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const environment = readFileSync(`/proc/${name}/environ`, "latin1").split("\0");
        return environment.includes(setting) ? [readFileSync(`/proc/${name}/cmdline`, "latin1").replaceAll("\0", " ")] : [];
      } catch {
        return [];
      }
    });
}

/** What a demo could leave on the host: network devices, and files where programs keep what they have to remember. */
export function hostTraces(): readonly string[] {
  return ["/sys/class/net", "/dev/shm", "/run"].flatMap((folder) => list(folder).map((name) => `${folder}/${name}`));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
