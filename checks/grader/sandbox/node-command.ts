import type { Bounds } from "./confined.ts";
import { limitedBy } from "./find-program.ts";

/** What Node is started with. Its own bound is for objects only; bytes are held by the other bounds. */
export function nodeArguments({ heap }: Bounds): readonly string[] {
  return ["--enable-source-maps", `--max-old-space-size=${heap}`];
}

/**
 * What the system itself holds the program to, where it can. Address space is not limited: V8 sets aside more than it uses.
 *
 * @param taken descriptors that it begins with and has no use for
 */
export function resourceLimits({ memory, tasks, files }: Bounds, taken: number): readonly string[] {
  // The sum over all processes is watched by looking at them; one alone cannot get far between two looks.
  const data = (memory + 512) * 1024 * 1024;
  return limitedBy(`--data=${data}`, `--nproc=${tasks}`, `--fsize=${files << 20}`, `--nofile=${256 + taken}`);
}
