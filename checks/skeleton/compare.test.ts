import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compare } from "./compare.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const skeleton = [
  { name: "a.ts", text: "a\n" },
  { name: "b.ts", text: "b\n" },
];

it("a folder that is the skeleton has no drift, whatever stands in scratch/ or is hidden", () => {
  const folder = temporaryFolder({ "a.ts": "a\n", "b.ts": "b\n", "scratch/try.ts": "x", ".DS_Store": "x", ".a.ts.swp": "x" });
  expect(compare(folder, skeleton)).toEqual([]);
});

it("files that are missing, changed or the student's own are told apart", () => {
  const folder = temporaryFolder({ "b.ts": "b \n", "mine.ts": "x", "notes/today.md": "x" });
  expect(compare(folder, skeleton)).toEqual([
    { file: "a.ts", how: "missing" },
    { file: "b.ts", how: "changed" },
    { file: "mine.ts", how: "stray" },
    { file: "notes", how: "stray" },
  ]);
});

it("all is missing from a folder that is not there", () => {
  expect(compare(join(temporaryFolder(), "nowhere"), skeleton).map(({ how }) => how)).toEqual(["missing", "missing"]);
});

it("a link or a folder in a file's place is a change, also when the link leads to the same text or nowhere", () => {
  const folder = temporaryFolder({ "other/a.ts": "a\n" });
  symlinkSync(join(folder, "other", "a.ts"), join(folder, "a.ts"));
  mkdirSync(join(folder, "b.ts"));
  symlinkSync(join(folder, "nowhere"), join(folder, "dangling.ts"));
  expect(compare(folder, skeleton)).toEqual([
    { file: "a.ts", how: "changed" },
    { file: "b.ts", how: "changed" },
    { file: "dangling.ts", how: "stray" },
    { file: "other", how: "stray" },
  ]);
});
