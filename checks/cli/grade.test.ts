import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { works } from "#checks/devices/ordinary-user.ts";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { gradeDiff } from "./grade-diff.ts";
import { gradeMerge } from "./grade-merge.ts";
import { readGradeOptions } from "./grade-options.ts";
import { gradeRun } from "./grade-run.ts";
import { gradeVerify } from "./grade-verify.ts";

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the grader from a folder, as npm would. */
function grade(folder: string, ...args: readonly string[]): Ran {
  const environment = { ...process.env, NO_COLOR: "1", INIT_CWD: folder };
  const ran = spawnSync(process.execPath, ["labs/launch/run.mjs", "--prefer-reference", "checks/cli/grade.ts", ...args], {
    cwd: root,
    env: Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("npm_"))),
    encoding: "utf8",
  });
  return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}

/** A class of four: one is solved, one is half done, one is hostile, and one student handed in nothing. */
async function smallClass(): Promise<string> {
  const folder = await temporaryFolder();
  const write = (path: string, text: string | Uint8Array) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("ann/lab-3-heartbeat/heartbeat.ts", readFileSync(join(root, "reference", "lab-3-heartbeat", "heartbeat.ts")));
  for (const name of ["heartbeat.ts", "stopwatch.ts"])
    write(`team-1/labs/lab-3-heartbeat/${name}`, readFileSync(join(root, "checks/grader/examples/half-done/labs/lab-3-heartbeat", name)));
  write("rar.zip", "no archive");
  write(
    "roster.csv",
    "id,name,submission,group,submitted\nann,Ann A.,,,2026-04-03T23:59Z\nbob,Bob,team-1,red,2026-04-04T12:00Z\ncid,Cid,team-1,red\ndan,Dan\n",
  );
  write("late.json", '{ "due": "2026-04-03T23:59Z", "percentPerDay": 10 }');
  write("points.csv", "submission,points,reason\nbob,2,Explained it at the board\n");
  write("hidden/lab-3/tick.check.ts", hiddenCheck);
  return folder;
}

/** A check of the instructor's, which uses the kit's harness as the kit's own checks do. */
const hiddenCheck = `
import { expectEqual } from "#checks/harness/expect.ts";
export const category = "timing";
export const points = { "lab-3.mine": 4 };
export const checks = [{
  id: "lab-3.mine",
  title: "A secret title",
  rule: "docs/protocol.md#heartbeat",
  hints: ["", "", ""],
  run: async ({ subject }) => {
    const heartbeat = await subject.createHeartbeat({ sendEvery: 10, deadAfter: 30 });
    expectEqual(await heartbeat.tick(10), [{ kind: "send-heartbeat" }], "the actions");
  },
}];
`;

const submissions = ["ann", "team-1", "rar.zip"];
const policies = ["--labs", "lab-3", "--roster", "roster.csv", "--late-policy", "late.json", "--overrides", "points.csv"];

function requireBubblewrap(context: TestContext): void {
  if (!works(["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"])) context.skip("this computer has no bubblewrap that works");
}

function kept(folder: string, id: string) {
  return JSON.parse(readFileSync(join(folder, "grades", `${id}.json`), "utf8")).grade;
}

describe.skipIf(!hasReference)("npm run grade", () => {
  it("grades a class, goes on, repeats, compares, joins, and lays files out", async (context) => {
    requireBubblewrap(context);
    const folder = await smallClass();
    const first = grade(folder, ...submissions, "--out", "grades", "--require-tier", "T1", ...policies);
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
    expect(first.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(first.stdout).toMatch(/^ {2}ann {2}Ann A\. +50\/50$/m);
    expect(first.stdout).toMatch(/^ {2}dan {2}Dan +0\/50 {2}nothing handed in$/m);
    expect(first.stdout).toMatch(/^ {2}team-1 {2}Bob, Cid +\d+(?:\.\d+)?\/50 {2}-[\d.]+ late, \+2 by hand$/m);
    expect(first.stdout).toMatch(/^ {2}rar +0\/50 {2}1 not taken$/m);
    expect(first.stdout).toMatch(/^ {2}4 submissions +3 graded, 1 handed in nothing$/m);
    expect(first.stdout).toContain("Nothing was handed in by Dan: 0 points.");
    const grades = join(folder, "grades");
    expect(readdirSync(grades).toSorted()).toEqual([
      ".reports.json",
      "gradebook-canvas.csv",
      "gradebook.csv",
      "grades",
      "report.html",
      "run.json",
      "submissions",
      "summary.md",
      "taken",
    ]);
    expect(kept(grades, "ann")).toMatchObject({
      total: 50,
      tier: "T1",
      adjustments: [],
      submission: { students: [{ id: "ann", name: "Ann A." }] },
    });
    expect(kept(grades, "rar")).toMatchObject({
      total: 0,
      submission: { refused: [{ path: ".", why: expect.stringContaining("is no zip archive") }] },
    });
    const text = readdirSync(grades, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".gz"))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
    for (const secret of [root, folder, ...(hostname().length > 3 ? [hostname()] : [])]) expect(text).not.toContain(secret);

    const again = grade(folder, ...submissions, "--out", "grades", ...policies);
    expect({ code: again.code, stderr: again.stderr }).toEqual({
      code: 2,
      stderr: "grades holds a run already, with 4 of 4 submissions graded; add --resume to go on with it, or give a new folder.\n",
    });
    // Without the late policy; nothing is run again.
    const resumed = grade(folder, ...submissions, "--out", "grades", "--resume", "--formats", "csv,junit", ...policies.slice(0, 4));
    expect(resumed.code).toBe(0);
    expect(resumed.stdout.replace(/\s+/g, " ")).toContain(
      "Removed, since they were of an earlier run with other --formats: report.html, submissions/ID/summary.md, summary.md.",
    );
    expect(readdirSync(grades)).toContain("junit.xml");
    expect(readdirSync(grades)).not.toContain("report.html");
    expect(resumed.stdout).toMatch(/^ {2}team-1 {2}Bob, Cid +\d+\/50 {2}as before$/m);
    expect(kept(grades, "team-1").adjustments).toEqual([]);
    expect(grade(folder, ...submissions, "--out", "grades", "--resume", "--seed", "7", ...policies).stderr).toContain(
      "grades was begun otherwise: seed. Go on with the same, or give a new folder.",
    );

    const verified = grade(folder, "verify", "grades/grades/ann.json");
    expect(verified).toEqual({ code: 0, stdout: "The same: ann gets 50 of 50 points by the checks again, in tier T1.\n", stderr: "" });
    writeFileSync(join(folder, "ann/lab-3-heartbeat/heartbeat.ts"), "export const createHeartbeat = () => 0;\n");
    const other = grade(folder, "verify", "grades/grades/ann.json", "ann");
    expect(other.code).toBe(1);
    expect(other.stdout).toContain(
      "Not the same: ann had 50 points by the checks, and now has 0 of 50.\n  files of the submission: sha256-",
    );

    for (const index of [1, 2])
      expect(
        grade(
          folder,
          ...submissions,
          "--out",
          `part-${index}`,
          "--shard",
          `${index}/2`,
          "--anonymous",
          "--hidden",
          "hidden",
          "--formats",
          "markdown",
          ...policies,
        ).code,
      ).toBe(0);
    expect(grade(folder, "merge", "part-1", "part-2", "--out", "all").code).toBe(0);
    const key = JSON.parse(readFileSync(join(folder, "part-1-key.json"), "utf8"));
    expect(Object.keys(key)).toEqual(["submission-001", "submission-002", "submission-003", "submission-004"]);
    if (process.platform !== "win32") expect(statSync(join(folder, "part-1-key.json")).mode & 0o077).toBe(0);
    const whole = join(folder, "all");
    const names = readdirSync(whole, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const entry of names) expect(readFileSync(join(entry.parentPath, entry.name), "utf8")).not.toMatch(/Ann A|"ann"|team-1|Bob|"red"/);

    const solved = Object.keys(key).find((number) => key[number].submission === "team-1") ?? "";
    expect(kept(whole, solved).labs[0].checks.at(-1)).toMatchObject({
      id: "lab-3.mine",
      status: "passed",
      earned: 4,
      hidden: true,
      category: "timing",
    });
    expect(readFileSync(join(whole, "submissions", solved, "summary.md"), "utf8")).not.toContain("A secret title");

    expect(grade(folder, "diff", "grades", "grades")).toEqual({ code: 0, stdout: "All 4 grades are the same.\n", stderr: "" });
    expect(grade(folder, "diff", "grades", "all").code).toBe(1);
    expect(grade(folder, "export-similarity", "grades", "--out", "similar").code).toBe(0);
    expect(readdirSync(join(folder, "similar", "submissions", "team-1"))).toEqual([
      "lab-3-heartbeat-heartbeat.ts",
      "lab-3-heartbeat-stopwatch.ts",
    ]);
    expect(grade(folder, "export-similarity", "grades", "--out", "late.json/x")).toEqual({
      code: 2,
      stdout: "",
      stderr: "--out late.json/x cannot be written: a part of the path is a file, and no folder.\n",
    });
    expect(readdirSync(join(folder, "similar", "base"))).toEqual(["lab-3-heartbeat-heartbeat.ts"]);
  }, 120_000);

  it("makes no grade in a sandbox that is not good enough, exit code 3", async () => {
    const folder = await smallClass();
    const { code, stderr } = grade(folder, "ann", "--out", "out", "--labs", "lab-3", "--require-tier", "T0");
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringMatching(/^Tier T0 cannot be found out, only said/) });
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("says what is wrong, exit code 2, and makes no folder", async () => {
    const folder = await smallClass();
    for (const [args, message] of [
      [[], "npm run grade -- SUBMISSIONS"],
      [["ann", "--out", "out", "--overrides", "points.csv"], "points.csv: nothing was handed in by bob or under that name."],
      [["--out", "out"], "Give the submissions: folders, archives or repositories."],
      [["merge", "ann", "--out", "out", "--roster", "x"], "grade merge makes nothing of --roster; it takes --out, --formats."],
      [["ann", "--out", "out", "--rooster", "x"], "Unknown option '--rooster'. Did you mean --roster"],
    ] as const) {
      const { code, stderr } = grade(folder, ...args);
      expect({ args, code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    const at = (name: string) => join(folder, name);
    const out = ["--out", at("out")];
    for (const [command, args, message] of [
      [gradeRun, [at("ann")], "Say where the grades go: --out DIR."],
      [gradeRun, [at("nobody"), ...out], "nobody: there is no such folder, archive or repository."],
      [gradeRun, [at("ann"), ...out, "--roster", at("late.json")], "late.json, line 1 is no table that can be read"],
      [gradeRun, [folder, ...out], "holds submissions and is none itself; give them one by one: "],
      [gradeMerge, [at("ann"), ...out], "ann holds no run of the grader; give a folder that npm run grade has written."],
      [gradeDiff, [at("ann")], "Give two folders of grades: npm run grade diff OLD NEW"],
      [gradeVerify, [at("late.json")], "late.json holds no grade of this version of the grader."],
      [gradeVerify, [at("nothing.json")], "nothing.json: there is no such file"],
      [gradeVerify, [at("ann")], "ann cannot be read: it is a folder; give the grade of a submission, such as DIR/grades/ID.json."],
      [gradeRun, [at("ann"), ...out, "--roster", at("nothing.csv")], "nothing.csv cannot be read: there is no such file or folder."],
      [gradeRun, [at("ann"), "--out", at("late.json/x")], "late.json/x cannot be written: a part of the path is a file, and no folder."],
    ] as const)
      await expect(Promise.resolve().then(() => command(readGradeOptions(args)))).rejects.toMatchObject({
        name: "UsageError",
        message: expect.stringContaining(message),
      });
    expect(existsSync(at("out"))).toBe(false);
  });
});
