import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
const memory = join(project.folder, ".kit", "hints.json");
const hint = (...args: readonly string[]) => project.run("hint", args);
/** The levels that were shown: 1, 2, 3. */
const levels = (output: string) => [...output.matchAll(/^ {2}(\d) {2}/gm)].map(([, level]) => Number(level));

beforeEach(() => rmSync(memory, { force: true }));
afterAll(project.remove);

describe("npm run hint", () => {
  it("gives one hint more each time, until there are no more, and begins again when asked", async () => {
    const shown: number[][] = [];
    for (const args of [["lab-1.decode-glued"], ["decode-glued"], ["code-glu"], ["code-glu"], ["code-glu", "--again"], ["code-glu"]]) {
      const { code, stdout } = await hint(...args);
      expect(code).toBe(0);
      expect(stdout).toContain(
        "lab-1.decode-glued\nSeveral messages in one chunk are all delivered, in order\nrule  docs/protocol.md#framing\n",
      );
      shown.push(levels(stdout));
      expect(stdout.includes("That was the last hint.")).toBe(levels(stdout).length === 3);
    }
    expect(shown).toEqual([[1], [1, 2], [1, 2, 3], [1, 2, 3], [1], [1, 2]]);
  });

  it("goes to the level that is asked for, and on from there", async () => {
    expect(levels((await hint("lab-1.checksum-carry", "--level", "2")).stdout)).toEqual([1, 2]);
    expect((await hint("lab-1.checksum-carry")).stdout).toContain(
      "That was the last hint. docs/lab-1-codec.md#internet-checksum explains it.",
    );
  });

  it("begins anew when its memory is damaged", async () => {
    mkdirSync(join(project.folder, ".kit"), { recursive: true });
    writeFileSync(memory, "{{{");
    const { code, stdout } = await hint("decode-glued");
    expect([code, levels(stdout)]).toEqual([0, [1]]);
    expect(JSON.parse(readFileSync(memory, "utf8"))).toMatchObject({ levels: { "lab-1.decode-glued": 1 } });
  });

  it("lists a lab's checks, with what was seen", async () => {
    await hint("decode-glued");
    const { code, stdout } = await hint("lab-1");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}1\/3 {2}decode-glued /m);
    expect(stdout).toMatch(/^ {7}decode-split /m);
    expect(levels(stdout)).toEqual([]);
  });

  it("says what to type when it is given nothing, or asked", async () => {
    for (const args of [[], ["--help"]]) {
      const { code, stdout } = await hint(...args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^npm run hint lab-1\.NAME /);
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it.each([
    [["decode-gleud"], "Did you mean lab-1.decode-glued"],
    [["lab-9"], "There is no lab lab-9."],
    [["decode"], "which one?"],
    [["decode-glued", "--level", "9"], "--level 9: give 1, 2 or 3."],
    [["decode-glued", "--wrong"], "Unknown option '--wrong'"],
  ])("%j is wrong usage", async (args, message) => {
    const { code, stdout, stderr } = await hint(...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("understands the options that npm keeps to itself, as npm passes them", async () => {
    const level = await project.npm(["run", "--silent", "hint", "decode-glued", "--level", "2"]);
    expect([level.code, levels(level.stdout)]).toEqual([0, [1, 2]]);
    const again = await project.npm(["run", "--silent", "hint", "decode-glued", "--again"]);
    expect([again.code, levels(again.stdout)]).toEqual([0, [1]]);
  });

  it("has colours on demand only", async () => {
    const forced = await project.run("hint", ["decode-glued"], { FORCE_COLOR: "1" });
    expect(forced.stdout).toContain("\u001b[");
    for (const [args, environment] of [
      [[], {}],
      [["--no-color"], { FORCE_COLOR: "1" }],
      [[], { FORCE_COLOR: "1", NO_COLOR: "1" }],
    ] as const) {
      expect((await project.run("hint", ["decode-glued", ...args], environment)).stdout).not.toContain("\u001b[");
    }
  });
});
