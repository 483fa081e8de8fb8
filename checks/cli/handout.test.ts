import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptBlocks } from "#checks/kit/ci/script-blocks.ts";
import { hasReference, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { execute, type Ran } from "./copied-project.ts";

const folder = mkdtempSync(join(tmpdir(), "kit-handout-"));
const kit = join(folder, "student-kit");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const handout = (...args: readonly string[]) =>
  execute(process.execPath, ["labs/launch/run.mjs", "checks/cli/handout.ts", ...args], root, { INIT_CWD: folder });
const npm = (...args: readonly string[]) => execute("npm", args, kit);

/** What keeps a computer from the registry, in npm's words. */
const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|EHOSTUNREACH|UNABLE_TO_|SELF_SIGNED/;

describe.skipIf(!hasReference)("npm run handout", () => {
  let written: Ran;
  let installed: Ran;
  beforeAll(async () => {
    written = await handout("--out", "student-kit");
    installed = await npm("ci", "--prefer-offline");
    // Without a registry the packages of the kit do: all that a hand-out needs is among them.
    if (installed.code !== 0) symlinkSync(join(root, "node_modules"), join(kit, "node_modules"), "junction");
  }, 300_000);

  it("writes a kit, and says what it is and what to do with it", () => {
    expect([written.code, written.stderr]).toEqual([0, ""]);
    expect(written.stdout.replace(/\s+/g, " ")).toMatch(
      /^student-kit: \d{3} files\. Version \d+\.\d+\.\d+ \([0-9a-f]{12}\)\. No solution is in it\. cd student-kit npm ci npm run check $/,
    );
    expect(readdirSync(folder)).toEqual(["student-kit"]);
  });

  it("can be installed from its lock file", (context) => {
    const [, why] = unreachable.exec(installed.stderr) === null ? [] : [0, "the package registry cannot be reached"];
    if (why !== undefined) context.skip(why);
    expect([installed.code, installed.stderr]).toEqual([0, ""]);
    expect(existsSync(join(kit, "node_modules", "@stryker-mutator"))).toBe(false);
  });

  it("type-checks, and nothing in it is started", async () => {
    const types = await npm("run", "-s", "types");
    expect([types.code, types.stdout]).toEqual([0, ""]);
    const { code, stdout, stderr } = await npm("run", "-s", "check");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout.match(/not started/g)).toHaveLength(5);
    expect(stdout).toContain("0/400 points");
  });

  it("says which version it is", async () => {
    const { code, stdout } = await npm("run", "-s", "check", "--", "--version");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^4over6-lab-kit \d+\.\d+\.\d+ \([0-9a-f]{12}\), a student's hand-out\n$/);
  });

  it.each([
    [["hint", "lab-1.decode-glued"], 0, "where to look"],
    [["reset", "lab-1"], 0, "Nothing to do: labs/lab-1-codec/ is as at the start."],
    [["show", "fixtures/captures/4over6-session-a.tcp6.pcap"], 0, "62 packets"],
    [["submit", "lab-3"], 0, "Hand in lab-3.tar.gz"],
    [["progress"], 0, "lab-4-tun-server"],
    [["demo", "--", "--from", "labs"], 1, "Lab 1 stops the demo"],
    [["check", "lab-4"], 1, "lab-2 address pool is not implemented yet"],
    [["check", "--", "--from", "reference"], 2, "There is no reference/ folder in this kit"],
  ] as const)("has npm run %j", async (args, code, says) => {
    const ran = await npm("run", "-s", ...args);
    expect([ran.code, ran.stdout + ran.stderr]).toEqual([code, expect.stringContaining(says)]);
    expect(ran.stdout + ran.stderr).not.toMatch(/^\s+at /m);
  });

  it("brings a file back from its own skeletons", async () => {
    const file = join(kit, "labs", "lab-3-heartbeat", "heartbeat.ts");
    writeFileSync(file, "// my work\n");
    expect((await npm("run", "-s", "reset", "lab-3")).stdout).toContain("as at the start");
    expect((await npm("run", "-s", "reset", "lab-3")).stdout).toContain("Nothing to do");
  });

  it("checks labs that are done, lab 4 on the student's own labs", async () => {
    for (const id of labIds) cpSync(join(root, "reference", labFolders[id]), join(kit, "labs", labFolders[id]), { recursive: true });
    const { code, stdout } = await npm("run", "-s", "check");
    expect([code, stdout]).toEqual([0, expect.stringContaining("400/400 points")]);
  }, 240_000);

  it("brings workflows that check the labs that are due, and tell the stories", async () => {
    const read = (path: string) => readFileSync(join(kit, path), "utf8");
    const script = (path: string, name: string) => scriptBlocks(read(path)).find((block) => block.name === name)?.script ?? "false";
    const summary = join(folder, "summary.md");
    const environment = { LABS: "lab-2 lab-3", NO_COLOR: "1", RUNNER_TEMP: folder, GITHUB_STEP_SUMMARY: summary };
    const onGitHub = () => execute("bash", ["-eo", "pipefail", "-c", script(".github/workflows/check.yml", "Check")], kit, environment);
    const onGitLab = () => execute("sh", ["-ec", script(".gitlab-ci.yml", "check")], kit, environment);

    expect((await onGitHub()).code).toBe(0);
    expect(readFileSync(summary, "utf8")).toMatch(/^~{6}text\n[^~]*lab-2[^~]*50\/50 points\n[^~]*lab-3[^~]*50\/50 points\n[^~]*~{6}\n$/);
    rmSync(summary);
    writeFileSync(join(kit, "labs", "lab-2-user-pool", "address-pool.ts"), "nonsense(");
    expect((await onGitHub()).code).toBe(1);
    expect(readFileSync(summary, "utf8")).toMatch(/^~{6}text\n[^~]*address-pool\.ts/);
    const { code, stdout } = await onGitLab();
    expect([code, stdout]).toEqual([1, expect.stringMatching(/address-pool\.ts[^]*50\/50 points/)]);
    expect(JSON.parse(read("results.json"))).toBeTypeOf("object");
  }, 240_000);

  it("refuses a folder that is not for it, in one sentence, and writes nothing", async () => {
    mkdirSync(join(folder, "full"));
    writeFileSync(join(folder, "full", "a"), "");
    symlinkSync(root, join(folder, "link"));
    const cases: readonly (readonly [readonly string[], string])[] = [
      [[], "Say where the hand-out is to be written."],
      [["--out", "full"], "--out full is not empty (it holds a); give a folder that is not there yet, or empty."],
      [["--out", "full/a"], "--out full/a is a file, and not a folder;"],
      [["--out", join(root, "kit")], "lies inside the kit; give a folder outside of it, such as ../student-kit."],
      [["--out", "link/kit"], "--out link/kit lies inside the kit;"],
      [["--out", join(root, "..")], "holds the kit itself;"],
      [["--out", "new", "--with-reference", "7"], "There is no lab 7."],
      [["--out", "new", "--wit-reference", "1"], "Did you mean --with-reference"],
    ];
    for (const [args, says] of cases) {
      const { code, stdout, stderr } = await handout(...args);
      expect([args, code, stdout]).toEqual([args, 2, ""]);
      expect(stderr).toContain(says);
    }
    expect(readdirSync(folder).filter((name) => name.includes("new") || name.includes("draft"))).toEqual([]);
  });
});
