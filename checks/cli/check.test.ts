import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
const check = (...args: readonly string[]) => project.run("check", args);
afterAll(project.remove);

/** Every line fits a terminal of 80 columns. */
function expectNarrow(output: string): void {
  expect(output.split("\n").filter((line) => line.length > 80)).toEqual([]);
}

describe("npm run check", () => {
  it("of the skeleton says that nothing is started and what to do next, exit code 1", async () => {
    const { code, stdout } = await check("lab-1");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}\d+ not started +0\/\d+ points$/m);
    expect(stdout.replace(/\s+/g, " ")).toContain("First check: lab-1.checksum-example.");
    expect(stdout).not.toMatch(/^x /m);
    expectNarrow(stdout);
  });

  it.skipIf(!hasReference)("of the reference says that all passed, exit code 0", async () => {
    const { code, stdout } = await check("lab-1", "--from", "reference");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}\d+ passed +(\d+)\/\1 points$/m);
    expectNarrow(stdout);
  });

  it("without a lab shows all labs at a glance, exit code 1 while something is left to do", async () => {
    const { code, stdout } = await check();
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}lab-1 {2}codec +░+ +not started/m);
    expect(stdout).toMatch(/^ {2}next {2}/m);
    expectNarrow(stdout);
  });

  it("of one check that fails tells its story, exit code 1", async () => {
    const file = join(project.folder, "labs", "lab-1-codec", "internet-checksum.ts");
    const before = readFileSync(file, "utf8");
    try {
      writeFileSync(file, "export const internetChecksum = (): number => 0xddf2;\n");
      const { code, stdout } = await check("lab-1", "--only", "checksum-example");
      expect(code).toBe(1);
      expect(stdout).toContain("x lab-1.checksum-example  The worked example of RFC 1071 comes out");
      expect(stdout).toContain("    expected  0x220d\n    got       0xddf2");
      expect(stdout).toContain("    hint    npm run hint lab-1.checksum-example\n");
      expectNarrow(stdout);
    } finally {
      writeFileSync(file, before);
    }
  });

  it("shows a type error with its line, and is not content although every check passes", async () => {
    const file = join(project.folder, "labs", "lab-1-codec", "internet-checksum.ts");
    const before = readFileSync(file, "utf8");
    try {
      writeFileSync(file, "export const internetChecksum = () => 0x220d;\nconst wrong: string = 3;\nexport { wrong };\n");
      const { code, stdout } = await check("lab-1", "--only", "checksum-example");
      expect(code).toBe(1);
      expect(stdout).toContain("type error  labs/lab-1-codec/internet-checksum.ts:2:7");
      expect(stdout).toContain("       2 | const wrong: string = 3;");
      expect(stdout).toMatch(/1 passed +1\/1 points/);
    } finally {
      writeFileSync(file, before);
    }
  });

  it("asks for a file's whole name in an import, and not for .js", async () => {
    const file = join(project.folder, "labs", "lab-1-codec", "internet-checksum.ts");
    const helper = join(project.folder, "labs", "lab-1-codec", "sums.ts");
    const before = readFileSync(file, "utf8");
    try {
      writeFileSync(helper, "export const sum = 0x220d;\n");
      writeFileSync(file, 'import { sum } from "./sums";\n\nexport const internetChecksum = () => sum;\n');
      const { code, stdout } = await check("lab-1", "--only", "checksum-example");
      expect(code).toBe(1);
      expect(stdout).toContain(
        "  type error  labs/lab-1-codec/internet-checksum.ts:1:21\n    An import of a file names it whole, with .ts",
      );
      expect(stdout).not.toContain(".js");
      expectNarrow(stdout);
    } finally {
      rmSync(helper, { force: true });
      writeFileSync(file, before);
    }
  });

  it.each([
    [["lab-1", "--only", "no-such-thing"], "No check is called no-such-thing"],
    [["lab-1", "--only", "checksum-cary"], "Did you mean lab-1.checksum-carry"],
    [["lab-9"], "There is no lab lab-9. The labs are lab-1, lab-2, lab-3, lab-4, lab-5."],
    [["lab-1", "--wach"], "Unknown option '--wach'"],
    [["lab-1", "--only"], "--only needs a value behind it."],
    [["lab-1", "--only", "--all"], "--only needs a value behind it."],
    [["lab-1", "--seed", "x"], "--seed x: give a whole number"],
    [["lab-1", "--from", "nowhere"], "--from nowhere: there is no such folder"],
    [["lab-1", "--only", "checksum-example", "--json", "no/such/folder.json"], "--json no/such/folder.json cannot be written"],
  ])("%j is wrong usage, exit code 2", async (args, message) => {
    const { code, stderr } = await check(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("writes its results where --json says", async () => {
    const file = join(project.folder, "results.json");
    const { code } = await check("lab-1", "--only", "checksum", "--json", "results.json");
    expect(code).toBe(1);
    const report = JSON.parse(readFileSync(file, "utf8"));
    rmSync(file);
    expect(report).toMatchObject({ format: "4over6-lab-kit/check/v1", earned: 0, labs: [{ lab: "lab-1" }] });
    expect(report.labs[0].checks.length).toBeGreaterThan(6);
    expect(report.labs[0].checks.every(({ status }: { status: string }) => status === "not-started")).toBe(true);
  });

  it("has colours on demand only", async () => {
    const args = ["lab-1", "--only", "checksum-example"];
    const isColored = async (extra: readonly string[], environment: Readonly<Record<string, string>>) =>
      (await project.run("check", [...args, ...extra], environment)).stdout.includes("\u001b[");
    expect(await isColored([], {})).toBe(false);
    expect(await isColored([], { FORCE_COLOR: "1" })).toBe(true);
    expect(await isColored([], { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(await isColored(["--no-color"], { FORCE_COLOR: "1" })).toBe(false);
    expect(await isColored([], { FORCE_COLOR: "1", npm_config_color: "" })).toBe(false);
  });

  it("explains itself", async () => {
    const { code, stdout } = await check("--help");
    expect(code).toBe(0);
    expect(stdout).toContain("Exit code: 0 all passed, 1 some did not, 2 wrong usage.");
    expectNarrow(stdout);
  });

  it("passes its exit codes through npm, and answers kindly where npm keeps an option", async () => {
    expect((await project.npm(["run", "--silent", "check", "lab-1", "--", "--only", "checksum-example"])).code).toBe(1);
    const kept = await project.npm(["run", "--silent", "check", "lab-1", "--seed", "7"]);
    expect(kept.code).toBe(2);
    expect(kept.stderr).toContain("npm keeps --seed to itself. Put -- in front of the options: npm run check -- --seed VALUE");
    expect(existsSync(join(project.folder, ".kit", "kept"))).toBe(false);
  });
});
