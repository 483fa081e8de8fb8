import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { makeFolders } from "./make-folders.ts";
import { writeWholeFolder } from "./whole-folder.ts";

const fill = (draft: string) => writeFileSync(join(draft, "text"), "whole");

function failing(draft: string): void {
  fill(draft);
  throw new Error("the disk is full");
}

it("a folder appears with all that is in it", async () => {
  const home = await temporaryFolder();
  const folder = join(home, "a", "b");
  await writeWholeFolder(folder, (draft) => {
    expect(existsSync(folder)).toBe(false);
    fill(draft);
  });
  expect(readFileSync(join(folder, "text"), "utf8")).toBe("whole");
  expect(readdirSync(join(home, "a"))).toEqual(["b"]);
});

it("where something fails, nothing is left behind, and what was there stays", async () => {
  const home = await temporaryFolder();
  await expect(writeWholeFolder(join(home, "new"), failing)).rejects.toThrow("the disk is full");
  expect(readdirSync(home)).toEqual([]);
  mkdirSync(join(home, "full"));
  writeFileSync(join(home, "full", "photo.jpg"), "");
  await expect(writeWholeFolder(join(home, "full"), fill)).rejects.toThrow("ENOTEMPTY");
  expect(readdirSync(home)).toEqual(["full"]);
  expect(readdirSync(join(home, "full"))).toEqual(["photo.jpg"]);
});

it("folders are made that are not there, and not below a file", async () => {
  const home = await temporaryFolder();
  makeFolders(join(home, "a", "b", "c"));
  makeFolders(join(home, "a", "b", "c"));
  expect(existsSync(join(home, "a", "b", "c"))).toBe(true);
  writeFileSync(join(home, "file"), "");
  expect(() => makeFolders(join(home, "file"))).toThrow("EEXIST");
  expect(() => makeFolders(join(home, "file", "x", "y"))).toThrow("ENOTDIR");
});

it.runIf(process.platform === "linux")("where no folder can be made, it is said and not tried for ever", () => {
  expect(() => makeFolders("/proc/none/here")).toThrow("ENOENT");
});
