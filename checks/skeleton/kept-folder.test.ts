import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeKeptFolder } from "./kept-folder.ts";
import { temporaryFolder } from "./temporary-folder.ts";

it("a kept folder is named by date and time, and never an old one", () => {
  const home = temporaryFolder();
  const prefix = join(home, ".kit", "kept", "lab-1-codec");
  const now = new Date(2026, 2, 9, 4, 5, 6);
  const made = [now, now, now, new Date(2026, 11, 31, 23, 59, 59)].map((date) => makeKeptFolder(prefix, date));
  expect(made).toEqual([
    `${prefix}-2026-03-09-040506`,
    `${prefix}-2026-03-09-040506-2`,
    `${prefix}-2026-03-09-040506-3`,
    `${prefix}-2026-12-31-235959`,
  ]);
  expect(readdirSync(join(home, ".kit", "kept")).length).toBe(4);
});
