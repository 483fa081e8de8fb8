import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { copyProject } from "./copied-project.ts";
import { findMisconception } from "./show-misconception.ts";

describe.skipIf(!hasReference)("npm run check --misconception", () => {
  const project = copyProject();
  const check = (...args: readonly string[]) => project.run("check", args);
  afterAll(project.remove);

  it("shows what a solved lab with that bug fails, and what it looks like, exit code 1", async () => {
    const { code, stdout } = await check("lab-3", "--misconception", "storm", "--json", "out.json");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^lab-3 {2}heartbeat +reference with storm$/m);
    expect(stdout).toContain('    looks like "storm": You seem to make up for each heartbeat');
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    const { labs } = JSON.parse(readFileSync(join(project.folder, "out.json"), "utf8"));
    expect(labs).toMatchObject([
      { lab: "lab-3", misconceptions: [{ name: "storm", fit: "exact", section: "docs/lab-3-heartbeat.md#long-ticks" }] },
    ]);
  });

  it("of some checks only names nothing", async () => {
    const { code, stdout } = await check("--misconception", "storm", "--only", "one-per-tick");
    expect(code).toBe(1);
    expect(stdout).toContain("x lab-3.one-per-tick");
    expect(stdout).not.toContain("looks like");
    expect(stdout).toContain("    again   npm run check lab-3 -- --only one-per-tick --misconception storm\n");
  });

  it("lists them", async () => {
    const { code, stdout } = await check("lab-3", "--misconception", "list");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^lab-3 {2}\d+ misconceptions\n/);
    expect(stdout).toMatch(/^ {2}storm +makes up for every heartbeat that was missed$/m);
  });

  it("says so where there is nothing to put a bug into, exit code 2", async () => {
    const [reference, away] = [join(project.folder, "reference"), join(project.folder, "away")];
    renameSync(reference, away);
    try {
      const { code, stderr } = await check("lab-3", "--misconception", "storm");
      expect(code).toBe(2);
      expect(stderr.trim()).toBe("--misconception puts a bug into the solved labs, and this kit is without them; it is for instructors.");
    } finally {
      renameSync(away, reference);
    }
  });
});

describe.skipIf(!hasReference)("a misconception", () => {
  it("is found by its name, in the lab that has it", async () => {
    expect((await findMisconception("storm", [])).lab).toBe("lab-3");
    expect((await findMisconception("use-refreshes", ["lab-5"])).lab).toBe("lab-5");
  });

  it("that is not known is an error that lists near names, of the lab that was asked for", async () => {
    await expect(findMisconception("strom", [])).rejects.toThrow("There is no misconception strom. Did you mean storm");
    await expect(findMisconception("storm", ["lab-5"])).rejects.toThrow("There is no misconception storm about lab-5.");
  });
});
