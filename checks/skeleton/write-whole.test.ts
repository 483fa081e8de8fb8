import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";
import { writeWhole } from "./write-whole.ts";

it("writes text and bytes, and makes the folders that are missing", () => {
  const folder = temporaryFolder();
  writeWhole(join(folder, "a", "b", "text"), "café");
  writeWhole(join(folder, "bytes"), Uint8Array.of(0, 255));
  writeWhole(join(folder, "empty"), "");
  expect(readFileSync(join(folder, "a", "b", "text"), "utf8")).toBe("café");
  expect([...readFileSync(join(folder, "bytes"))]).toEqual([0, 255]);
  expect(statSync(join(folder, "empty")).size).toBe(0);
  expect(readdirSync(join(folder, "a", "b"))).toEqual(["text"]);
});

it("puts a new file in the place of the old one: who has that open still reads it whole", () => {
  const folder = temporaryFolder({ file: "old" });
  const before = statSync(join(folder, "file")).ino;
  writeWhole(join(folder, "file"), "new");
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("new");
  expect(statSync(join(folder, "file")).ino).not.toBe(before);
  expect(readdirSync(folder)).toEqual(["file"]);
});

it("replaces a link, and does not write into what it leads to", () => {
  const folder = temporaryFolder({ target: "mine" });
  symlinkSync(join(folder, "target"), join(folder, "link"));
  writeWhole(join(folder, "link"), "new");
  expect(readFileSync(join(folder, "target"), "utf8")).toBe("mine");
  expect(lstatSync(join(folder, "link")).isFile()).toBe(true);
});

it("leaves nothing behind when it cannot", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "file"));
  writeFileSync(join(folder, "file", "inside"), "x");
  expect(() => writeWhole(join(folder, "file"), "new")).toThrow();
  expect(readdirSync(folder)).toEqual(["file"]);
  expect(readdirSync(join(folder, "file"))).toEqual(["inside"]);
});
