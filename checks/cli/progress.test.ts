import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasReference, labFolders } from "#launch/implementation.mjs";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
const progress = (...args: readonly string[]) => project.run("progress", args);
afterAll(project.remove);

describe("npm run progress", () => {
  it("says what to do when there is no history yet, and what went wrong when it is damaged", async () => {
    const { code, stdout } = await progress();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^No run of a whole lab is remembered yet\.\n {2}next {2}npm run check lab-1$/m);
    mkdirSync(join(project.folder, ".kit"), { recursive: true });
    writeFileSync(join(project.folder, ".kit", "history.json"), "not ours");
    expect((await progress()).stdout).toMatch(/^The history of your runs is damaged/);
  });

  it.skipIf(!hasReference)("shows the runs of whole labs, which tell what changed", async () => {
    const lab = labFolders["lab-3"];
    expect((await project.run("check", ["lab-3"])).stdout).toContain("The history of your runs was damaged, and begins anew.");
    copyFileSync(join(project.folder, "reference", lab, "heartbeat.ts"), join(project.folder, "labs", lab, "heartbeat.ts"));
    // One check is no run of the lab.
    await project.run("check", ["lab-3", "--only", "tick-zero"]);
    const { stdout } = await project.run("check", ["lab-3"]);
    expect(stdout).toMatch(/^ {2}since the last run: \d+ newly passing$/m);
    expect(stdout).toMatch(/^ {2}lab-3 is finished\. Beside the reference's figures/m);
    expect(stdout).toMatch(/^ {2}size {4}(\d+) lines of code in 1 file; the reference has \1 in 1 file$/m);
    expect(stdout).toMatch(/^ {2}read {4}docs\/lab-4-tun-server\.md/m);
    const again = await project.run("check", ["lab-3"]);
    expect(again.stdout).not.toMatch(/since the last run|is finished/);

    const all = await progress();
    expect(all.stdout).toMatch(/^ {2}lab-3-heartbeat {6}▁█ +50\/50 +\d{4}-\d\d-\d\d \d\d:\d\d$/m);
    expect(all.stdout).toMatch(/^ {2}next {2}npm run check lab-1$/m);
    const one = await progress("lab-3");
    expect(one.stdout).toMatch(/^ +50 \| {6}█{6}$/m);
    expect(one.stdout).toContain("next  docs/lab-4-tun-server.md");
    expect([...all.stdout.split("\n"), ...one.stdout.split("\n")].filter((line) => line.length > 80)).toEqual([]);
    expect((await progress("lab-3", "--figures")).stdout).toMatch(/^ {2}speed {3}the ticks of a heartbeat: /m);
    // Another's code has a history of its own.
    expect((await progress("lab-3", "--from", "reference")).stdout).toContain("No run of a whole lab is remembered yet.");
  });

  it("explains itself, and refuses what it does not know", async () => {
    const help = await progress("--help");
    expect(help.code).toBe(0);
    expect(help.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(await progress("lab-9")).toMatchObject({ code: 2, stdout: "" });
    expect((await progress("--form", "labs")).stderr).toContain("--from");
  });
});
