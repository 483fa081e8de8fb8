import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasReference, labFolders } from "#launch/implementation.mjs";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
afterAll(project.remove);

describe.skipIf(!hasReference)("npm run check of a lab that does all that is required, and not more", () => {
  beforeAll(() => {
    const labs = join(project.folder, "labs", labFolders["lab-5"]);
    cpSync(join(project.folder, "reference", labFolders["lab-5"]), labs, { recursive: true });
    const file = join(labs, "arp-table.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace("const capacity = 16_384;", "const capacity = 1e9;"));
  });

  it("tells the story of the extra check, exit code 0", async () => {
    const { code, stdout } = await project.run("check", ["lab-5"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^x lab-5\.table-bounded .+ extra$/m);
    expect(stdout).toMatch(/100\/100 points$/m);
    expect(stdout).toMatch(/^ {2}extra, beyond the required: 7 of 8 passed$/m);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("has exit code 1 when it was asked for that check alone", async () => {
    const { code, stdout } = await project.run("check", ["lab-5", "--only", "table-bounded"]);
    expect(code).toBe(1);
    expect(stdout).toContain("stations are known");
  });
});
