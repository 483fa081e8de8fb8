import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Chalk } from "chalk";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { watchFolders } from "./watch-folders.ts";

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  return () => vi.restoreAllMocks();
});

/** A folder that is watched, and what it did. */
function watched() {
  const home = mkdtempSync(join(tmpdir(), "kit-watched-"));
  const folder = join(home, "lab");
  mkdirSync(folder);
  let runs = 0;
  let ready = 0;
  let broken: Error | undefined;
  let look: (() => void) | undefined;
  const watching = watchFolders(
    [folder],
    { paint: new Chalk({ level: 0 }), width: 80 },
    async () => {
      runs++;
      if (broken !== undefined) throw broken;
      return 1;
    },
    async () => {
      ready++;
      look?.();
    },
  );
  const end = (error: Error) => {
    broken = error;
    writeFileSync(join(folder, "end.ts"), "");
    return expect(watching).rejects.toBe(error);
  };
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return {
    home,
    folder,
    end,
    runs: () => runs,
    /** Waits until it has run, or does so again, and has nothing more to do. */
    rests: async (change?: () => void) => {
      const before = change === undefined ? 0 : ready;
      change?.();
      await new Promise<void>((resolve) => {
        look = () => {
          if (ready > before) resolve();
        };
        look?.();
      });
    },
  };
}

it("runs at once, and again when a TypeScript file is written, comes under another name, or goes", async () => {
  const { folder, rests, runs, end } = watched();
  await rests();
  expect(runs()).toBe(1);
  const [file, swap] = [join(folder, "a.ts"), join(folder, ".a.swp")];
  await rests(() => writeFileSync(file, "1"));
  await rests(() => {
    writeFileSync(swap, "2");
    renameSync(swap, file);
  });
  await rests(() => rmSync(file));
  expect(runs()).toBeGreaterThanOrEqual(4);
  await end(new Error("enough"));
});

it("goes on when the folder itself goes and comes back", async () => {
  const { home, folder, rests, end } = watched();
  await rests();
  await rests(() => rmSync(folder, { recursive: true }));
  await rests(() => mkdirSync(folder));
  await rests(() => writeFileSync(join(folder, "a.ts"), "1"));
  await rests(() => renameSync(folder, join(home, "away")));
  await rests(() => mkdirSync(folder));
  await rests(() => writeFileSync(join(folder, "a.ts"), "2"));
  await end(new Error("enough"));
});

it("waits for a folder that is not there yet", async () => {
  const home = mkdtempSync(join(tmpdir(), "kit-watched-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, "lab");
  const enough = new Error("enough");
  let runs = 0;
  const action = async () => {
    if (++runs > 1) throw enough;
    return 1;
  };
  const watching = watchFolders([folder], { paint: new Chalk({ level: 0 }), width: 80 }, action, async () => mkdirSync(folder));
  await expect(watching).rejects.toBe(enough);
  expect(runs).toBe(2);
});
