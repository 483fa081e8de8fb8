import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { hasReference } from "#launch/implementation.mjs";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
const lab = join(project.folder, "labs", "lab-1-codec");
const keep = join(project.folder, ".kit", "kept");
const inLab = (name: string) => join(lab, name);
const pristine = Object.fromEntries(skeletonOf("lab-1").map(({ name, text }) => [name, text]));
const reset = (...args: readonly string[]) => project.run("reset", args);

/** The lab's files, by name. */
const labNow = () =>
  Object.fromEntries(
    readdirSync(lab)
      .filter((name) => name !== "scratch")
      .map((name) => [name, readFileSync(inLab(name), "utf8")]),
  );

/** The one folder that was kept, and where the output says it is. */
function keptFolder(stdout: string): string {
  const [only, ...more] = readdirSync(keep);
  expect(more).toEqual([]);
  expect(only).toMatch(/^lab-1-codec-\d{4}-\d\d-\d\d-\d{6}$/);
  expect(stdout).toContain(`What you had is in .kit/kept/${only}/`);
  return join(keep, only ?? "");
}

beforeEach(() => {
  rmSync(keep, { recursive: true, force: true });
  rmSync(lab, { recursive: true, force: true });
  mkdirSync(lab);
  for (const [name, text] of Object.entries(pristine)) writeFileSync(inLab(name), text);
});
afterAll(project.remove);

describe("npm run reset", () => {
  it("brings a lab back to its skeleton, and keeps the work", async () => {
    writeFileSync(inLab("message.ts"), "// my work\n");
    rmSync(inLab("arp-message.ts"));
    writeFileSync(inLab("helper.ts"), "// my helper\n");
    mkdirSync(inLab("notes"));
    writeFileSync(inLab("notes/today.md"), "my notes");
    mkdirSync(inLab("scratch"));
    writeFileSync(inLab("scratch/try.ts"), "my experiment");
    const { code, stdout, stderr } = await reset("lab-1");
    expect([code, stderr]).toEqual([0, ""]);
    expect(labNow()).toEqual(pristine);
    expect(readFileSync(inLab("scratch/try.ts"), "utf8")).toBe("my experiment");
    const kept = keptFolder(stdout);
    expect(readdirSync(kept).toSorted()).toEqual(["helper.ts", "message.ts", "notes"]);
    expect(readFileSync(join(kept, "message.ts"), "utf8")).toBe("// my work\n");
    expect(readFileSync(join(kept, "notes", "today.md"), "utf8")).toBe("my notes");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("says so when there is nothing to do, and keeps nothing", async () => {
    const { code, stdout } = await reset("lab-1");
    expect(code).toBe(0);
    expect(stdout).toBe("Nothing to do: labs/lab-1-codec/ is as at the start.\n");
    expect(existsSync(keep)).toBe(false);
  });

  it("makes a lab anew that is missing, with nothing to keep", async () => {
    rmSync(lab, { recursive: true });
    const { code, stdout } = await reset("1");
    expect(code).toBe(0);
    expect(labNow()).toEqual(pristine);
    expect(stdout).not.toContain("What you had");
    expect(existsSync(keep)).toBe(false);
  });

  it.each([
    [["lab-1", "--only", "message.ts"]],
    [["lab-1", "message.ts"]],
    [["lab-1", "message"]],
    [["labs/lab-1-codec", "labs/lab-1-codec/message.ts"]],
    [["lab-1", "message.ts", "--only", "message.ts"]],
  ])("%j brings back one file only", async (args) => {
    writeFileSync(inLab("message.ts"), "// my work\n");
    writeFileSync(inLab("ipv4-packet.ts"), "// more work\n");
    const { code, stdout } = await reset(...args);
    expect(code).toBe(0);
    expect(labNow()).toEqual({ ...pristine, "ipv4-packet.ts": "// more work\n" });
    expect(readdirSync(keptFolder(stdout))).toEqual(["message.ts"]);
  });

  it("moves one file of the student's own away when it is named", async () => {
    writeFileSync(inLab("helper.ts"), "// my helper\n");
    const { code, stdout } = await reset("lab-1", "--only", "helper.ts");
    expect(code).toBe(0);
    expect(labNow()).toEqual(pristine);
    expect(readFileSync(join(keptFolder(stdout), "helper.ts"), "utf8")).toBe("// my helper\n");
  });

  it("keeps each time in a folder of its own", async () => {
    for (const work of ["first", "second", "third"]) {
      writeFileSync(inLab("message.ts"), work);
      expect((await reset("lab-1")).code).toBe(0);
    }
    const kept = readdirSync(keep).map((name) => readFileSync(join(keep, name, "message.ts"), "utf8"));
    expect(kept.toSorted()).toEqual(["first", "second", "third"]);
  });

  it("follows no link: neither a file's nor the folder's", async () => {
    const outside = join(project.folder, "outside");
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, "message.ts"), "// not of the lab\n");
    rmSync(inLab("message.ts"));
    symlinkSync(join(outside, "message.ts"), inLab("message.ts"));
    const first = await reset("lab-1");
    expect(first.code).toBe(0);
    expect(readFileSync(join(outside, "message.ts"), "utf8")).toBe("// not of the lab\n");
    expect(lstatSync(inLab("message.ts")).isFile()).toBe(true);
    expect(lstatSync(join(keptFolder(first.stdout), "message.ts")).isSymbolicLink()).toBe(true);

    renameSync(lab, join(outside, "moved"));
    symlinkSync(join(outside, "moved"), lab);
    for (const text of [pristine["message.ts"] ?? "", "// my work\n"]) {
      writeFileSync(join(outside, "moved", "message.ts"), text);
      const second = await reset("lab-1");
      expect(second.code).toBe(2);
      expect(second.stderr).toContain("labs/lab-1-codec is a link, and links are not followed.");
    }
    expect(readFileSync(join(outside, "moved", "message.ts"), "utf8")).toBe("// my work\n");
    rmSync(lab);
  });

  it("changes nothing when the copy cannot be made", async () => {
    writeFileSync(inLab("message.ts"), "// my work\n");
    writeFileSync(inLab("helper.ts"), "// my helper\n");
    writeFileSync(keep, "a file in the way");
    const { code, stderr } = await reset("lab-1");
    rmSync(keep);
    expect(code).toBe(2);
    expect(stderr).toMatch(/could not be written: .*kept.*What you wrote is still there/);
    expect(labNow()).toEqual({ ...pristine, "message.ts": "// my work\n", "helper.ts": "// my helper\n" });
  });

  it.each([
    [[], "Name the lab that you want to start again."],
    [["lab-9"], "There is no lab lab-9."],
    [["lab-1", "mesage.ts"], "labs/lab-1-codec/ has no file mesage.ts. Did you mean message.ts? It has "],
    [["lab-1", "../lab-2-user-pool/address-pool.ts"], "has no file ../lab-2-user-pool/address-pool.ts."],
    [["lab-1", "scratch"], "has no file scratch."],
    [["lab-3", "nothing.ts"], "labs/lab-3-heartbeat/ has no file nothing.ts. It has heartbeat.ts.\n"],
    [["lab-1", "--wrong"], "Unknown option '--wrong'"],
  ])("%j is wrong usage, and touches nothing", async (args, message) => {
    writeFileSync(inLab("message.ts"), "// my work\n");
    const { code, stderr } = await reset(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readFileSync(inLab("message.ts"), "utf8")).toBe("// my work\n");
  });

  it("explains itself", async () => {
    const { code, stdout } = await reset("--help");
    expect(code).toBe(0);
    expect(stdout).toContain("npm run reset lab-1 ");
  });
});

describe.skipIf(!hasReference)("npm run skeletons", () => {
  it("only tells what differs when it is asked to, with exit code 1", async () => {
    writeFileSync(inLab("message.ts"), "// a draft\n");
    const { code, stdout } = await project.run("skeletons", ["--check"]);
    expect([code, stdout]).toEqual([1, "changed  labs/lab-1-codec/message.ts\n"]);
    expect(readFileSync(inLab("message.ts"), "utf8")).toBe("// a draft\n");
  });

  it("keeps what it overwrites and what it removes", async () => {
    writeFileSync(inLab("message.ts"), "// a draft\n");
    writeFileSync(inLab("stray.ts"), "// a stray\n");
    const { code, stdout } = await project.run("skeletons");
    expect(code).toBe(0);
    expect(labNow()).toEqual(pristine);
    const [name = ""] = readdirSync(keep);
    expect(stdout).toContain(`What was there of lab-1 is kept in .kit/kept/${name}/.`);
    expect(readFileSync(join(keep, name, "message.ts"), "utf8")).toBe("// a draft\n");
    expect(readFileSync(join(keep, name, "stray.ts"), "utf8")).toBe("// a stray\n");
  });

  it("has nothing to do when labs/ is current", async () => {
    expect(await project.run("skeletons")).toEqual({
      code: 0,
      stdout: "labs/ and checks/grader/examples/ are what reference/ makes: nothing to do.\n",
      stderr: "",
    });
  });
});
