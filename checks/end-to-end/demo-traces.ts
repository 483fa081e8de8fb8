import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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

/** What a demo could leave in a folder. Other names are somebody else's. */
const traces: readonly (readonly [folder: string, name: RegExp])[] = [
  ["/sys/class/net", /^(?:to-(?:client|server|internet)|4over6.*)$/],
  ["/dev/shm", /\.pcap$|4over6/],
  // Where programs keep what they have to remember about the host, by the user.
  ...["/run/4over6-lab-kit", ...[0, process.geteuid?.() ?? 0].map((user) => join(tmpdir(), `4over6-lab-kit-${user}`))].map(
    (folder) => [folder, /^(?:server|client)-/] as const,
  ),
];

/** What demos have left on the host, or somebody else has by the same names. */
export function hostTraces(): readonly string[] {
  return traces.flatMap(([folder, name]) =>
    list(folder)
      .filter((each) => name.test(each))
      .map((each) => `${folder}/${each}`),
  );
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
