import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { readSubmission } from "#checks/grader/intake/read-submission.ts";
import { findSources } from "#checks/grader/intake/submission-source.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
const submit = (...args: readonly string[]) => project.run("submit", args);
afterAll(project.remove);

const lab3 = join(project.folder, "labs", "lab-3-heartbeat");
const archive = join(project.folder, "lab-3.tar.gz");

beforeEach(() => {
  rmSync(lab3, { recursive: true, force: true });
  mkdirSync(lab3);
  for (const { name, text } of skeletonOf("lab-3")) writeFileSync(join(lab3, name), text);
});

async function filesIn(path: string) {
  const [source] = findSources([path]);
  if (source === undefined) throw new Error("no source");
  const { files, refused } = await readSubmission(source, undefined);
  expect(refused).toEqual([]);
  return Object.fromEntries(files.map(({ lab, path, content }) => [`${lab} ${path}`, Buffer.from(content).toString()]));
}

describe.skipIf(!hasReference)("npm run submit", () => {
  it("packs what a grader takes, and says what that is", async () => {
    const solved = readFileSync(join(root, "reference", "lab-3-heartbeat", "heartbeat.ts"), "utf8");
    writeFileSync(join(lab3, "heartbeat.ts"), `${solved}export { helper } from "./own.ts";\n`);
    writeFileSync(join(lab3, "own.ts"), "export const helper = 1;\n");
    writeFileSync(join(lab3, ".DS_Store"), "x");
    mkdirSync(join(lab3, "scratch"));
    writeFileSync(join(lab3, "scratch", "try.ts"), "x");
    const { code, stdout } = await submit("3");
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/^ {2}lab-3 {2}heartbeat +(\d+)\/\1 points$/m);
    expect(stdout).toMatch(/^ {2}lab-3-heartbeat\/own\.ts +25 B$/m);
    expect(stdout).toMatch(/^Hand in lab-3\.tar\.gz \([\d.]+ KiB\)\.$/m);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(await filesIn(archive)).toEqual({
      "lab-3 heartbeat.ts": readFileSync(join(lab3, "heartbeat.ts"), "utf8"),
      "lab-3 own.ts": "export const helper = 1;\n",
    });
  });

  it("without a name packs what is finished", async () => {
    writeFileSync(join(lab3, "heartbeat.ts"), readFileSync(join(root, "reference", "lab-3-heartbeat", "heartbeat.ts"), "utf8"));
    expect((await submit()).code).toBe(0);
    expect(Object.keys(await filesIn(archive))).toEqual(["lab-3 heartbeat.ts"]);
  });

  it("keeps an archive that it would overwrite, unless it is the same", async () => {
    rmSync(archive, { force: true });
    expect((await submit("lab-3")).code).toBe(0);
    const first = readFileSync(archive);
    expect((await submit("lab-3")).stdout).toContain("It was packed before: the archive is the same.");
    writeFileSync(join(lab3, "own.ts"), "export const x = 1;\n");
    const kept = /kept as\s+(\S+\.gz)\./.exec((await submit("lab-3")).stdout)?.[1] ?? "none";
    expect(readFileSync(join(project.folder, kept))).toEqual(first);
    expect(readFileSync(archive)).not.toEqual(first);
  });

  it("packs nothing when something would not be taken, and says why, exit code 1", async () => {
    rmSync(archive, { force: true });
    writeFileSync(join(lab3, "data.json"), "{}");
    writeFileSync(join(lab3, "Heartbeat.ts"), "");
    mkdirSync(join(lab3, "helpers"));
    const { code, stdout } = await submit("lab-3");
    expect(code).toBe(1);
    expect(stdout).toContain("labs/lab-3-heartbeat/Heartbeat.ts is written heartbeat.ts in the lab.\n");
    expect(stdout).toContain("labs/lab-3-heartbeat/data.json is no TypeScript file.\n");
    expect(stdout).toContain("labs/lab-3-heartbeat/helpers is a folder, and only files directly");
    expect(existsSync(archive)).toBe(false);
  });

  it.each([
    [[], "No lab is finished yet. To hand one in as it is, name it: npm run submit lab-1"],
    [["lab-9"], "There is no lab lab-9."],
    [["lab-3", "--out", "work.zip"], "--out work.zip: the archive is packed as .tar.gz; give it such a name."],
    [["lab-3", "--out", "no/../package.json/x.tar.gz"], "cannot be written"],
  ])("%j is wrong usage, exit code 2", async (args, message) => {
    const before = readdirSync(project.folder);
    const { code, stdout, stderr } = await submit(...args);
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toContain(message);
    // What the command line says wrong is told before anything is checked.
    if (message.startsWith("--out")) expect(stdout).toBe("");
    expect(readdirSync(project.folder)).toEqual(before);
  });
});
