import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { referenceFiles } from "#checks/cli/mutate-options.ts";
import { hasReference, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { documentedRows, withRows } from "./documented-table.ts";
import { allEquivalents } from "./equivalents/all-equivalents.ts";
import { explain } from "./equivalents/equivalent.ts";
import { exampleMutant, killed, survived } from "./example-mutants.ts";
import { isShell, wantedScore } from "./score.ts";

const empty = "# Page\n\n| lab | file | mutants | killed | explained | not | score |\n|---|---|--:|--:|--:|--:|--:|\n\nMore.\n";

describe("the table of scores", () => {
  it("takes new rows, in order, and keeps the others", () => {
    const first = [exampleMutant(killed), exampleMutant(survived)];
    const second = [exampleMutant(killed, { lab: "lab-1", file: "message.ts" })];
    const page = withRows(withRows(empty, "lab-4", first, explain(first, [])), "lab-1", second, explain(second, []));
    expect(documentedRows(page)).toEqual([
      ["lab-1", "message.ts", "1", "1", "0", "0", "100 %"],
      ["lab-4", "server-core.ts", "2", "1", "0", "1", "50 %"],
    ]);
    expect(page).toMatch(/^# Page\n[^]*\n\nMore\.\n$/);
    expect(documentedRows(withRows(page, "lab-4", [exampleMutant(killed)], explain([], [])))[1]?.[6]).toBe("100 %");
  });
});

describe.skipIf(!hasReference)("docs/mutation.md", () => {
  const path = join(root, "docs", "mutation.md");
  const rows = documentedRows(existsSync(path) ? readFileSync(path, "utf8") : "");

  const documented = labIds.filter((lab) => rows.some(([of]) => of === lab));

  it("has a row for each file of the reference, and none besides", () => {
    const files = documented.flatMap((lab) => referenceFiles(lab).map((file) => `${lab} ${isShell(lab, file) ? `${file} (shell)` : file}`));
    expect(rows.map(([lab, file]) => `${lab} ${file}`).toSorted()).toEqual(files.toSorted());
  });

  it("counts as many explained survivors as there are explanations, or more where one explains several", () => {
    for (const [lab, name = "", , , explained] of rows) {
      const reasons = allEquivalents.filter((entry) => entry.lab === lab && name.startsWith(entry.file)).length;
      expect(Number(explained), `${lab} ${name}`).toBeGreaterThanOrEqual(reasons);
      if (reasons === 0) expect(explained, `${lab} ${name}`).toBe("0");
    }
  });

  it("tells of nothing unexplained, and of enough that is killed in each lab's core", () => {
    expect(rows.filter((row) => row[5] !== "0")).toEqual([]);
    for (const lab of documented) {
      const core = rows.filter(([of, file = ""]) => of === lab && !file.endsWith("(shell)"));
      const sum = (column: number) => core.reduce((total, row) => total + Number(row[column]), 0);
      expect(sum(3) / sum(2), lab).toBeGreaterThanOrEqual(wantedScore);
    }
  });
});
