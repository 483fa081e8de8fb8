import { describe, expect, it } from "vitest";
import { root } from "#launch/root.mjs";
import { execute } from "./copied-project.ts";

const bench = (...words: readonly string[]) =>
  execute(process.execPath, ["labs/launch/run.mjs", "--prefer-reference", "checks/cli/bench.ts", ...words], root);

describe("npm run bench", () => {
  it.each([
    [[], "Say what is to be measured."],
    [["codex"], "There is no benchmark codex. Did you mean codec?"],
    [["toString"], "There is no benchmark toString."],
    [["codec", "--form", "labs"], "Unknown option '--form'. Did you mean --from?"],
    [["pool", "arp"], "Unexpected argument 'arp'."],
    [["arp", "--from"], "--from needs a value behind it."],
    [["grader", "--jobs", "0"], "--jobs 0: give a whole number of at least 1."],
  ])("says what is wrong with %j, and measures nothing", async (words, sentence) => {
    const { code, stdout, stderr } = await bench(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toContain(sentence);
  });

  it.each([["--help"], ["codec", "--help"], ["grader", "--help"], ["server", "-h"]])("helps: %s %s", async (...words) => {
    const { code, stdout, stderr } = await bench(...words.filter((word) => word !== undefined));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^npm run bench /);
  });
});
