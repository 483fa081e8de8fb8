import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { copyProject, execute } from "#checks/cli/copied-project.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { scriptBlocks } from "./script-blocks.ts";

const folder = mkdtempSync(join(tmpdir(), "kit-grading-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const example = (name: string) => join(root, "checks", "grader", "examples", name);

/** What `npm run grade` says on a computer without a sandbox that is good enough. */
const tooWeak = /Tier T\d is required/;

describe.skipIf(!hasReference)("Gradescope's scripts", () => {
  const base = join(folder, "autograder");
  const environment = { AUTOGRADER: base, LABS: "lab-3" };
  const script = (name: string) => execute(join(root, "docs", "examples", "gradescope", name), [], base, environment);

  it("set up the container, and write what Gradescope reads", async (context) => {
    mkdirSync(join(base, "source"), { recursive: true });
    symlinkSync(root, join(base, "source", "kit"));
    cpSync(example("half-done"), join(base, "submission"), { recursive: true });
    // What it would install is here; it never reaches for the network then.
    writeFileSync(join(folder, "never"), "#!/bin/sh\necho no network in tests >&2\nexit 1\n", { mode: 0o755 });
    for (const name of ["apt-get", "curl"]) symlinkSync(join(folder, "never"), join(folder, name));
    const ready = await execute("sh", ["-c", "command -v bwrap && command -v setpriv"], folder);
    if (ready.code !== 0) context.skip("bubblewrap or setpriv is not installed");
    const path = `${folder}:${process.env["PATH"]}`;
    const setUp = await execute(join(root, "docs/examples/gradescope/setup.sh"), [], base, { ...environment, PATH: path });
    expect([setUp.code, setUp.stderr]).toEqual([0, ""]);
    const { code, stderr } = await script("run_autograder");
    expect([code, stderr]).toEqual([0, ""]);
    expect(readdirSync(join(base, "results"))).toEqual(["results.json"]);
    const { score, tests }: { score: number; tests: readonly { number?: string }[] } = JSON.parse(
      readFileSync(join(base, "results", "results.json"), "utf8"),
    );
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(50);
    expect(tests.length).toBeGreaterThan(20);
  }, 120_000);

  it("write nothing, and say why, when there is nothing to grade", async () => {
    rmSync(join(base, "results"), { recursive: true });
    rmSync(join(base, "submission"), { recursive: true });
    const { code, stderr } = await script("run_autograder");
    expect(code).not.toBe(0);
    expect(stderr).toContain("there is no such folder");
    expect(existsSync(join(base, "results", "results.json"))).toBe(false);
  }, 60_000);
});

describe.skipIf(!hasReference)("the scripts that grade a class", () => {
  it.for(["github", "gitlab"])("on %s grade it in parts, and join them", { timeout: 240_000 }, async (service, context) => {
    const work = join(folder, service);
    mkdirSync(join(work, "kit"), { recursive: true });
    copyProject(join(work, "kit"));
    mkdirSync(join(work, "submissions"));
    for (const name of ["half-done", "finished.zip", "not-started.tar.gz"])
      cpSync(example(name), join(work, "submissions", name), { recursive: true });
    mkdirSync(join(work, "course"));
    cpSync(join(root, "docs", "examples", "course", "hidden"), join(work, "course", "hidden"), { recursive: true });
    writeFileSync(join(work, "course", "roster.csv"), "id,name,submission\n1,Ada,finished\n2,Ben,half-done\n3,Eve,nothing\n");
    const blocks = scriptBlocks(readFileSync(join(root, "docs", "examples", "ci", `grade-${service}.yml`), "utf8"));
    const grade = blocks.filter(({ name }) => name.toLowerCase() === "grade").at(-1)?.script ?? "false";
    const merge = blocks.find(({ name }) => name.toLowerCase() === "join")?.script ?? "false";
    const isGitHub = service === "github";
    const run = (script: string, environment: Readonly<Record<string, string>>) =>
      isGitHub
        ? execute("bash", ["-eo", "pipefail", "-c", script], join(work, "kit"), environment)
        : execute("sh", ["-ec", script], work, environment);

    const parts = isGitHub ? ["1", "2"] : ["1"];
    for (const part of parts) {
      const { code, stdout, stderr } = await run(grade, {
        LABS: "lab-3",
        BEFORE: "2099-01-01T00:00:00Z",
        PART: `${part}/${parts.length}`,
        CI_NODE_INDEX: part,
        CI_NODE_TOTAL: String(parts.length),
        TIER: "T2",
      });
      if (tooWeak.test(stderr)) context.skip("this computer has no sandbox that is good enough");
      expect([code, stdout + stderr]).toEqual([0, expect.stringContaining("graded")]);
      if (!isGitHub) continue;
      mkdirSync(join(work, "parts", `part-${part}`), { recursive: true });
      renameSync(join(work, "grades"), join(work, "parts", `part-${part}`, "grades"));
    }
    const summary = join(work, "step-summary.md");
    const joined = await run(merge, { GITHUB_STEP_SUMMARY: summary });
    expect([joined.code, joined.stderr]).toEqual([0, ""]);
    expect(readFileSync(join(work, "grades", "gradebook.csv"), "utf8")).toMatch(/Ada[^\n]*\n(?:.*\n)*.*Ben/);
    expect(existsSync(join(work, "grades", "junit.xml"))).toBe(true);
    expect(isGitHub ? readFileSync(summary, "utf8") : joined.stdout).toContain("half-done");
  });
});

describe.skipIf(!hasReference)("the script that grades each submission in a container", () => {
  it("leaves parts that join, each with one submission (with a stand-in for the container engine)", async () => {
    const submissions = join(folder, "one-by-one");
    mkdirSync(submissions);
    for (const name of ["finished.zip", "half-done"]) cpSync(example(name), join(submissions, name), { recursive: true });
    const script = join(root, "docs", "examples", "grading", "grade-in-containers.sh");
    const environment = { ENGINE: join(root, "checks", "kit", "ci", "engine.sh"), KIT: root };
    const { code, stderr } = await execute(script, ["one-by-one", "parts", "--labs", "lab-3"], folder, environment);
    expect([code, stderr]).toEqual([0, ""]);
    const grades = readdirSync(join(folder, "parts")).map((part) => readdirSync(join(folder, "parts", part, "grades", "grades")));
    expect(grades).toEqual([["finished.json"], ["half-done.json"]]);
    const merge = ["labs/launch/run.mjs", "checks/cli/grade.ts", "merge", "parts/1/grades", "parts/2/grades", "--out", "joined"];
    const joined = await execute(process.execPath, merge, root, { INIT_CWD: folder });
    expect([joined.code, joined.stdout]).toEqual([0, expect.stringContaining("tier T0")]);

    writeFileSync(join(submissions, "zoe's"), "");
    const refused = await execute(script, ["one-by-one", "more", "--labs", "lab-3"], folder, environment);
    expect([refused.stderr, existsSync(join(folder, "more", "1"))]).toEqual([expect.stringContaining("zoe's: rename it;"), false]);
  }, 120_000);
});
