import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { isKitOnly } from "#checks/handout/student-page.ts";
import { readNext } from "#checks/progress/read-next.ts";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { hasReference, implementationFrom, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { codeSize } from "./code-size.ts";
import { figuresLines } from "./figures-lines.ts";
import { isReference } from "./finished-lines.ts";
import { measureSpeed } from "./measure-speed.ts";
import { referenceFigures } from "./reference-figures.ts";

const style = { paint: new Chalk({ level: 0 }), width: 80 };

describe("the size of code", () => {
  it("does not depend on comments, blank lines, types and formatting, nor on tests and notes", async () => {
    const folder = temporaryFolder();
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write("a.ts", "/** Adds.\n * And more. */\n\ntype N = number;\nexport function add(a: N, b: N): N { // here\n  return a + b }\n");
    expect(await codeSize(folder)).toEqual({ files: 1, lines: 3 });
    write("b.ts", "export const text =\n  `// no comment\n\nbut text`;\n");
    write("a.test.ts", "throw 1;\n");
    mkdirSync(join(folder, "scratch"));
    write("scratch/c.ts", "throw 1;\n");
    expect(await codeSize(folder)).toEqual({ files: 2, lines: 5 });
  });

  it("of code that cannot be parsed is refused", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.ts"), "function {");
    await expect(codeSize(folder)).rejects.toThrow("Expected");
  });
});

describe.skipIf(!hasReference)("the reference's figures (skipped: a hand-out has no reference)", () => {
  it.each(labIds)("are current in size: %s (npm run figures)", async (lab) => {
    const { files, lines, time } = referenceFigures[lab];
    expect({ files, lines }).toEqual(await codeSize(implementationFrom("reference")[lab]));
    expect(time).toBeGreaterThan(0);
  });

  it("are measured in a thread, which gives a ratio", async () => {
    const time = await measureSpeed("lab-3", implementationFrom("reference"));
    expect(time).toBeGreaterThan(0);
    expect(time).toBeLessThan(1_000);
  });
});

describe("code that does not do its work", () => {
  it.each([
    ["does something else", heartbeat("return [];")],
    ["throws", heartbeat("throw new Error('no');")],
    ["ends the process", heartbeat("process.exit(0);")],
    ["does not end", heartbeat("for (;;);")],
    ["cannot be read", "function {"],
  ])("has no speed: it %s", async (_name, text) => {
    const folder = join(temporaryFolder(), labFolders["lab-3"]);
    mkdirSync(folder);
    writeFileSync(join(folder, "heartbeat.ts"), text);
    const implementation = { ...implementationFrom("labs"), "lab-3": folder };
    expect(await measureSpeed("lab-3", implementation, { patience: 2_000 })).toBeUndefined();
  });
});

describe("the comparison", () => {
  const reference = { files: 3, lines: 120, time: 2 };
  const told = (files: number, lines: number, time: number | undefined) => figuresLines("lab-4", { files, lines, time }, reference, style);

  it.each([
    [2.1, "about as fast as the reference"],
    [1.6, "about as fast as the reference"],
    [5, "takes about 2.5 times as long as the reference"],
    [61, "takes about 31 times as long as the reference"],
    [0.5, "about 4.0 times as fast as the reference"],
    [undefined, "could not be measured"],
  ])("of a time of %s says: %s", (time, words) => {
    expect(told(1, 97, time)).toEqual([
      "  size    97 lines of code in 1 file; the reference has 120 in 3 files",
      expect.stringMatching(/^ {2}speed {3}packets through the core, both ways: /),
      ...(words.length > 35 ? [expect.any(String)] : []),
    ]);
    expect(told(1, 97, time).join(" ").replace(/\s+/g, " ")).toContain(words);
  });

  it("fits 80 columns", () => {
    expect(told(10_000, 1_000_000, 1e9).filter((line) => line.length > 80)).toEqual([]);
  });

  it("leaves the reference itself out", () => {
    const reference = Object.fromEntries(labIds.map((id) => [id, join(root, "reference", labFolders[id])]));
    expect(isReference("lab-1", { ...implementationFrom("labs"), ...reference })).toBe(true);
    expect(isReference("lab-1", implementationFrom("labs"))).toBe(false);
  });
});

it("what to read next is there, for students too", () => {
  const pages = Object.values(readNext).flatMap((text) => text.match(/docs\/[\w-]+\.md/g) ?? []);
  expect(pages.length).toBeGreaterThanOrEqual(5);
  expect(pages.filter((page) => !existsSync(join(root, page)) || isKitOnly(readFileSync(join(root, page), "utf8")))).toEqual([]);
});

function heartbeat(body: string): string {
  return `export const createHeartbeat = () => ({ heard() {}, tick() { ${body} } });`;
}
