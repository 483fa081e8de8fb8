import { existsSync, type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";
import type { Style } from "#checks/harness/report/style.ts";

/** Editors save a file in several steps: what comes within this many milliseconds is one change. */
const settle = 25;

/**
 * Runs `action` now and whenever a TypeScript file in one of the folders changes. What is running then is told to stop. Never resolves: the
 * user ends it with Ctrl+C. It rejects, and watches no more, with what `action` throws.
 *
 * @param getReady is called when nothing is to be done, and can do some of the next action's work; what keeps it from that, the next
 *   action will tell
 */
export function watchFolders(
  folders: readonly string[],
  { paint }: Style,
  action: (signal: AbortSignal) => Promise<number>,
  getReady: () => Promise<void>,
): Promise<number> {
  let running = false;
  let again = false;
  let outdated = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let ready = Promise.resolve();

  function unlessStopped(error: unknown): void {
    if (!outdated.signal.aborted) throw error;
  }

  async function run(): Promise<void> {
    if (running) {
      again = true;
      outdated.abort();
      return;
    }
    running = true;
    do {
      again = false;
      outdated = new AbortController();
      await ready;
      // What is printed next is longer, and takes the place of the word.
      if (process.stdout.isTTY) process.stdout.write(`\u001b[2J\u001b[3J\u001b[H${paint.dim("  Checking ...")}\r`);
      await action(outdated.signal).catch(unlessStopped);
      if (!again) console.log(paint.dim("  Watching for changes; Ctrl+C ends it."));
    } while (again);
    running = false;
    ready = getReady().catch(() => {});
  }

  const watching: Watching[] = [];
  return new Promise<number>((_, reject) => {
    const start = () => {
      run().catch(reject);
    };
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(start, settle);
    };
    for (const folder of folders) watching.push(watchFolder(folder, changed, reject));
    start();
  }).finally(() => {
    clearTimeout(timer);
    for (const each of watching) each.close();
  });
}

type Watching = { readonly close: () => void };

/** Watches a folder, which may be away for a while: what watches a folder itself is lost with it, so the one around it is watched, too. */
function watchFolder(folder: string, changed: () => void, fail: (error: Error) => void): Watching {
  let inside: FSWatcher | undefined;

  function enter(): void {
    inside?.close();
    inside = undefined;
    if (!existsSync(folder)) return;
    inside = watch(folder, (_event, file) => {
      if (file === null || file.endsWith(".ts")) changed();
    });
    // Windows says so when the folder is deleted.
    inside.on("error", (error) => {
      if (existsSync(folder)) fail(error);
    });
  }

  const around = watch(dirname(folder), (event, name) => {
    // It came or went. What happens in it may be told here, too, as a change.
    if (event !== "rename" || name !== basename(folder)) return;
    enter();
    changed();
  });
  around.on("error", fail);
  enter();
  return {
    close: () => {
      around.close();
      inside?.close();
    },
  };
}
