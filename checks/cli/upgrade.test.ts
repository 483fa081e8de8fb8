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
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type HandoutFiles, handoutFiles } from "#checks/handout/handout-files.ts";
import { writeHandout } from "#checks/handout/write-handout.ts";
import { performStep, upgradeSteps } from "#checks/upgrade/apply.ts";
import { makeManifest, manifestName, manifestText } from "#checks/upgrade/manifest.ts";
import { readHandout } from "#checks/upgrade/newer-handout.ts";
import { planUpgrade } from "#checks/upgrade/plan.ts";
import { findIn } from "#checks/upgrade/tree.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { execute } from "./copied-project.ts";

const folder = mkdtempSync(join(tmpdir(), "kit-upgrade-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [first, second, student] = ["first", "second", "student"].map((name) => join(folder, name)) as [string, string, string];
const heartbeat = "labs/lab-3-heartbeat/heartbeat.ts";
const pulse = "labs/lab-3-heartbeat/pulse.ts";
const pool = "labs/lab-2-user-pool/address-pool.ts";

/** A later hand-out of the same kit: other words over a function, a file more, a page less, a dependency. */
function laterHandout(files: HandoutFiles): HandoutFiles {
  const text = (path: string) => Buffer.from(files.get(path) ?? []).toString("utf8");
  const later = new Map(files);
  later.delete(manifestName);
  for (const path of [heartbeat, pool])
    for (const copy of [path, path.replace("labs/", "checks/skeletons/")])
      later.set(copy, Buffer.from(text(path).replace("/**\n", "/**\n * Newer words.\n")));
  for (const copy of [pulse, pulse.replace("labs/", "checks/skeletons/")]) later.set(copy, Buffer.from("export const pulse = 1;\n"));
  later.delete("docs/demo.md");
  later.set("docs/glossary.md", Buffer.from("# Glossary\n"));
  for (const copy of ["package.json", "checks/skeletons/project/package.json"])
    later.set(copy, Buffer.from(text("package.json").replace('"0.1.0"', '"9.0.0"')));
  return new Map([...later, [manifestName, Buffer.from(manifestText(makeManifest("4over6-lab-kit", "9.0.0", later)))]]);
}

if (hasReference) {
  const files = handoutFiles([]);
  await writeHandout(files, first);
  await writeHandout(laterHandout(files), second);
}

const at = (path: string) => join(student, path);
const read = (path: string) => readFileSync(at(path), "utf8");
const edit = (path: string, change: (text: string) => string) => writeFileSync(at(path), change(read(path)));
const upgrade = (...args: readonly string[]) =>
  execute(process.execPath, ["labs/launch/run.mjs", "checks/cli/upgrade.ts", ...args], student);

/** Every file of the student's, by path, with its content; what the kit keeps for itself left out. */
function tree(of = student, below = ""): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(of, below), { withFileTypes: true }).map((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (["node_modules", ".kit"].includes(path)) return {};
      return entry.isDirectory() ? tree(of, path) : { [path]: readFileSync(join(of, path), "latin1") };
    }),
  );
}

const written = "  return { heard: () => [], tick: () => [] };\n";
const workOn = (text: string) => text.replace(/^ {2}\/\/ Your code here\.\n(?: {2}return .*\n)?/m, written);

/** What a student did with the first hand-out. */
function work(): void {
  edit(heartbeat, workOn);
  edit(pool, (text) => text.replaceAll("\n", "\r\n"));
  edit("package.json", (text) => text.replace('"scripts": {', '"scripts": {\n    "mine": "node mine.mjs",'));
  edit("docs/protocol.md", (text) => `${text}\nMy notes.\n`);
  edit("docs/glossary.md", (text) => `${text}\nMy words.\n`);
  rmSync(at("labs/lab-1-codec/message.ts"));
  rmSync(at("fixtures/README.md"));
  writeFileSync(at("labs/lab-3-heartbeat/helper.ts"), "// my helper\n");
  mkdirSync(at("labs/lab-3-heartbeat/scratch"));
  writeFileSync(at("labs/lab-3-heartbeat/scratch/try.ts"), "// my experiment\n");
  writeFileSync(at("mine.mjs"), "// mine\n");
}

describe.skipIf(!hasReference)("npm run upgrade", () => {
  beforeEach(() => {
    rmSync(student, { recursive: true, force: true });
    cpSync(first, student, { recursive: true });
    symlinkSync(join(root, "node_modules"), at("node_modules"), "junction");
    work();
  });

  it("only says what would change, and changes it when it is told to", async () => {
    const before = tree();
    const dry = await upgrade("../second");
    expect([dry.code, dry.stderr]).toEqual([0, ""]);
    expect(tree()).toEqual(before);
    expect(dry.stdout.replace(/\s+/g, " ")).toMatch(/^You have 0\.1\.0 \([0-9a-f]{12}\); this is 9\.0\.0 \([0-9a-f]{12}\)\. /);
    expect(dry.stdout).toContain("Nothing is changed yet. To do it: npm run upgrade -- ../second --apply");
    for (const line of dry.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);

    const { code, stdout, stderr } = await upgrade("../second", "--apply");
    expect([code, stderr]).toEqual([0, ""]);
    const after = tree();
    const newest = tree(second);
    const own = ["labs/lab-3-heartbeat/helper.ts", "labs/lab-3-heartbeat/scratch/try.ts", "mine.mjs"];
    for (const path of own) expect([path, after[path]]).toEqual([path, before[path]]);
    expect(read(heartbeat)).toContain(" * Newer words.\n");
    expect(read(heartbeat)).toContain(written);
    expect(read(heartbeat)).not.toContain("<<<<<<<");
    expect(existsSync(at("labs/lab-1-codec/message.ts"))).toBe(false);
    const { scripts, version }: { scripts: Record<string, string>; version: string } = JSON.parse(read("package.json"));
    expect([scripts["mine"], version]).toEqual(["node mine.mjs", "9.0.0"]);
    expect(read("docs/protocol.md")).toContain("My notes.");
    const kept = /\.kit\/kept\/upgrade-[\d-]+/.exec(stdout)?.[0] ?? "";
    expect(readFileSync(at(join(kept, "docs/glossary.md")), "utf8")).toContain("My words.");
    expect(readFileSync(at(join(kept, heartbeat)), "latin1")).toBe(before[heartbeat]);
    // All else is the newer hand-out.
    const changed = [...own, heartbeat, "package.json", "docs/protocol.md", "labs/lab-1-codec/message.ts"];
    const rest = (files: Record<string, string>) => Object.fromEntries(Object.entries(files).filter(([path]) => !changed.includes(path)));
    expect(rest(after)).toEqual(rest(newest));

    const again = await upgrade("../second", "--apply");
    expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/^Nothing to do: you have 9\.0\.0 /)]);
  });

  it("marks what does not join, keeps it as it was, and has exit code 1", async () => {
    edit(heartbeat, (text) => text.replace("/**\n", "/**\n * My words.\n"));
    const before = read(heartbeat);
    const { code, stdout } = await upgrade("../second", "--apply");
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, " ")).toContain(`To settle: ${heartbeat}. Look for the lines with <<<<<<<`);
    expect(read(heartbeat)).toContain("<<<<<<< yours\n * My words.\n=======\n * Newer words.\n>>>>>>> kit 9.0.0\n");
    const kept = /\.kit\/kept\/upgrade-[\d-]+/.exec(stdout)?.[0] ?? "";
    expect(readFileSync(at(join(kept, heartbeat)), "utf8")).toBe(before);
  });

  it("can be broken off anywhere, and done again to the same end", () => {
    const [base, next] = [readHandoutOrThrow(first), readHandoutOrThrow(second)];
    const plan = () => {
      const changes = planUpgrade({
        base: base.manifest,
        next: next.manifest,
        find: (path) => findIn(student, path),
        readNext: next.read,
      });
      return upgradeSteps(changes, student, join(student, ".kit", "kept", "x"), next.manifestBytes);
    };
    const steps = plan();
    const start = join(folder, "start");
    renameSync(student, start);
    let end: Record<string, string> | undefined;
    // Behind every eighth step: each one is put on the disk for certain, which takes its time.
    for (let broken = steps.length; broken >= 0; broken -= 8) {
      rmSync(student, { recursive: true, force: true });
      mkdirSync(student);
      for (const step of steps) {
        // Only what the steps touch matters here, and copies faster.
        const path = step.do === "write" ? step.to : step.from;
        const from = join(start, path.slice(student.length));
        if (existsSync(from)) {
          mkdirSync(dirname(path), { recursive: true });
          cpSync(from, path, { recursive: true });
        }
      }
      for (const step of steps.slice(0, broken)) performStep(step);
      if (broken < steps.length) for (const step of plan()) performStep(step);
      const { [manifestName]: _, ...files } = tree();
      end ??= files;
      expect(Object.fromEntries(Object.keys(end).map((path) => [path, files[path]]))).toEqual(end);
    }
    rmSync(start, { recursive: true });
  }, 120_000);

  it("refuses what it cannot use in one sentence, and touches nothing", async () => {
    const damaged = join(folder, "damaged");
    cpSync(second, damaged, { recursive: true });
    writeFileSync(join(damaged, "LICENSE"), "");
    mkdirSync(join(folder, "empty"), { recursive: true });
    const before = tree();
    const cases: readonly (readonly [readonly string[], string])[] = [
      [[], "Name the folder of the newer hand-out."],
      [["../nowhere"], "../nowhere is no folder."],
      [["../empty"], "../empty is no hand-out: it has no .handout.json."],
      [["../damaged", "--apply"], "../damaged is not as it was handed out (LICENSE); take a fresh copy."],
      [["."], "That is this folder itself;"],
      [["../first"], "Nothing to do"],
    ];
    for (const [args, says] of cases) {
      const { code, stdout, stderr } = await upgrade(...args);
      expect([args, code]).toEqual([args, says === "Nothing to do" ? 0 : 2]);
      expect(stdout + stderr).toContain(says);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    expect(tree()).toEqual(before);
    rmSync(at("labs/lab-2-user-pool"), { recursive: true });
    symlinkSync(join(second, "labs", "lab-2-user-pool"), at("labs/lab-2-user-pool"));
    const linked = await upgrade("../second", "--apply");
    expect([linked.code, linked.stderr]).toEqual([
      2,
      expect.stringContaining("labs/lab-2-user-pool is no folder, and links are not followed."),
    ]);
    rmSync(at(manifestName));
    expect((await upgrade("../second")).stderr).toContain(".handout.json is missing here");
  });
});

function readHandoutOrThrow(path: string): Exclude<ReturnType<typeof readHandout>, string> {
  const handout = readHandout(path);
  if (typeof handout === "string") throw new Error(handout);
  return handout;
}
