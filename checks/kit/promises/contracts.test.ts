import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findTypeFaults } from "#checks/harness/run/type-errors.ts";
import { hasReference, implementationFrom, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

mkdirSync(join(root, ".kit"), { recursive: true });
const folder = mkdtempSync(join(root, ".kit", "contracts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasReference)("contracts hold at compile time", () => {
  it("for every file of the reference", async () => {
    expect(await findTypeFaults(labIds, implementationFrom("reference"))).toEqual([]);
  });

  it("and a file that breaks its contract is a type error in that file, with its line", async () => {
    const broken = join(folder, labFolders["lab-1"]);
    mkdirSync(broken);
    const source = readFileSync(join(root, "reference", labFolders["lab-1"], "internet-checksum.ts"), "utf8");
    writeFileSync(
      join(broken, "internet-checksum.ts"),
      `${source}\nexport const wrong: Lab1["internetChecksum"] = (text: string) => text.length;\n`,
    );
    const faults = await findTypeFaults(["lab-1"], { ...implementationFrom("reference"), "lab-1": broken });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ source: expect.stringContaining("wrong"), message: expect.stringContaining("not assignable") });
  });
});
