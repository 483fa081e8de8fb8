import { watch } from "node:fs";
import type { Style } from "#checks/harness/report/style.ts";

/** Editors save a file in several steps: what comes within this many milliseconds is one change. */
const settle = 25;

/**
 * Runs `action` now and whenever a TypeScript file in one of the folders changes. Never resolves: the user ends it with Ctrl+C.
 *
 * @param getReady is called when nothing is to be done, and can do some of the next action's work; what keeps it from that, the next
 *   action will tell
 */
export function watchFolders(
  folders: readonly string[],
  { paint }: Style,
  action: () => Promise<number>,
  getReady: () => Promise<void>,
): Promise<number> {
  let running = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let ready = Promise.resolve();

  async function run(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await ready;
      if (process.stdout.isTTY) process.stdout.write("\u001b[2J\u001b[3J\u001b[H");
      await action();
      console.log(paint.dim("  Watching for changes; Ctrl+C ends it."));
    } while (again);
    running = false;
    ready = getReady().catch(() => {});
  }

  return new Promise((_, reject) => {
    const start = () => {
      run().catch(reject);
    };
    for (const folder of folders) {
      const watcher = watch(folder, (_event, file) => {
        if (file !== null && !file.endsWith(".ts")) return;
        clearTimeout(timer);
        timer = setTimeout(start, settle);
      });
      watcher.on("error", reject);
    }
    start();
  });
}
