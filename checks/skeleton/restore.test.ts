import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";
import { perform, planRestore } from "./restore.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const skeleton = [
  { name: "changed.ts", text: "skeleton of changed\n" },
  { name: "linked.ts", text: "skeleton of linked\n" },
  { name: "missing.ts", text: "skeleton of missing\n" },
  { name: "same.ts", text: "skeleton of same\n" },
];

/** A lab's folder with work of every kind in it, a folder to keep it in, and the steps from one to the other. */
function labWithWork() {
  const home = temporaryFolder({
    "lab/changed.ts": "work in changed\n",
    "lab/same.ts": "skeleton of same\n",
    "lab/own.ts": "work of my own\n",
    "lab/notes/today.md": "work in notes\n",
    "lab/scratch/try.ts": "work in scratch\n",
    "elsewhere.ts": "work elsewhere\n",
  });
  const lab = join(home, "lab");
  const kept = join(home, "kept");
  mkdirSync(kept);
  symlinkSync(join(home, "elsewhere.ts"), join(lab, "linked.ts"));
  return { home, lab, kept, steps: planRestore(lab, skeleton, compare(lab, skeleton), kept) };
}

/** The texts of all files below a folder. Links are not followed. */
function textsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return textsBelow(path);
    return entry.isFile() ? [readFileSync(path, "utf8")] : [];
  });
}

const work = ["work in changed\n", "work of my own\n", "work in notes\n", "work in scratch\n", "work elsewhere\n"];

describe("the way back to the skeleton", () => {
  it("ends at the skeleton, with the work beside it", () => {
    const { home, lab, kept, steps } = labWithWork();
    steps.forEach(perform);
    expect(compare(lab, skeleton)).toEqual([]);
    expect(readdirSync(kept).toSorted()).toEqual(["changed.ts", "linked.ts", "notes", "own.ts"]);
    expect(readFileSync(join(kept, "changed.ts"), "utf8")).toBe("work in changed\n");
    expect(readFileSync(join(kept, "notes", "today.md"), "utf8")).toBe("work in notes\n");
    expect(readFileSync(join(lab, "scratch", "try.ts"), "utf8")).toBe("work in scratch\n");
    expect(readlinkSync(join(kept, "linked.ts"))).toBe(join(home, "elsewhere.ts"));
    expect(lstatSync(join(lab, "linked.ts")).isFile()).toBe(true);
  });

  it("loses nothing when it is broken off after any step", () => {
    const count = labWithWork().steps.length;
    expect(count).toBe(7);
    for (let done = 0; done <= count; done++) {
      const { home, steps } = labWithWork();
      steps.slice(0, done).forEach(perform);
      expect(textsBelow(home)).toEqual(expect.arrayContaining(work));
    }
  });

  it("can be taken again after it was broken off", () => {
    const { lab, home, steps } = labWithWork();
    steps.slice(0, 4).forEach(perform);
    const again = join(home, "kept again");
    mkdirSync(again);
    planRestore(lab, skeleton, compare(lab, skeleton), again).forEach(perform);
    expect(compare(lab, skeleton)).toEqual([]);
    expect(textsBelow(home)).toEqual(expect.arrayContaining(work));
  });

  it("copies before it moves, and moves before it writes", () => {
    const kinds = labWithWork().steps.map((step) => step.do);
    expect(kinds).toEqual(["copy", "move", "move", "move", "write", "write", "write"]);
  });

  it("touches only what it is told", () => {
    const { lab, kept } = labWithWork();
    const drifts = compare(lab, skeleton).filter(({ file }) => file === "own.ts" || file === "missing.ts");
    planRestore(lab, skeleton, drifts, kept).forEach(perform);
    expect(readdirSync(kept)).toEqual(["own.ts"]);
    expect(readFileSync(join(lab, "missing.ts"), "utf8")).toBe("skeleton of missing\n");
    expect(readFileSync(join(lab, "changed.ts"), "utf8")).toBe("work in changed\n");
  });

  it("has no steps where nothing differs", () => {
    const folder = temporaryFolder(Object.fromEntries(skeleton.map(({ name, text }) => [name, text])));
    expect(planRestore(folder, skeleton, compare(folder, skeleton), "/nowhere")).toEqual([]);
  });
});
