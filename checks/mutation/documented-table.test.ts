import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { referenceFiles } from "#checks/cli/mutate-options.ts";
import { hasReference, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { documentedRows, isCore, withRows } from "./documented-table.ts";
import { allEquivalents } from "./equivalents/all-equivalents.ts";
import { explain } from "./equivalents/equivalent.ts";
import { exampleMutant, killed, survived } from "./example-mutants.ts";
import { isShell, wantedScore } from "./score.ts";

const empty = "# Page\n\n| lab | file | mutants | killed | explained | not | score |\n|---|---|--:|--:|--:|--:|--:|\n\nMore.\n";
const table = (page: string) => page.split("\n").slice(4, -3);

describe("the table of scores", () => {
  const first = [exampleMutant(killed), exampleMutant(survived), exampleMutant(killed, { file: "run-server.ts" })];
  const second = [exampleMutant(killed, { lab: "lab-1", file: "message.ts" })];
  const page = withRows(withRows(empty, "lab-4", first, explain(first, [])), "lab-1", second, explain(second, []));

  it("takes new rows, in order, and sums up the core of each lab", () => {
    expect(table(page)).toEqual([
      "| lab-1 | message.ts | 1 | 1 | 0 | 0 | 100 % |",
      "| lab-1 | **core** | 1 | 1 | 0 | 0 | 100 % |",
      "| lab-4 | server-core.ts | 2 | 1 | 0 | 1 | 50 % |",
      "| lab-4 | **core** | 2 | 1 | 0 | 1 | 50 % |",
      "| lab-4 | run-server.ts (shell) | 1 | 1 | 0 | 0 | 100 % |",
    ]);
    expect(page).toMatch(/^# Page\n[^]*\n\nMore\.\n$/);
  });

  it("keeps the rows of files that were not tried", () => {
    const third = [exampleMutant(killed), exampleMutant(killed, { file: "packet-header.ts" })];
    expect(table(withRows(page, "lab-4", third, explain(third, []))).slice(2)).toEqual([
      "| lab-4 | packet-header.ts | 1 | 1 | 0 | 0 | 100 % |",
      "| lab-4 | server-core.ts | 1 | 1 | 0 | 0 | 100 % |",
      "| lab-4 | **core** | 2 | 2 | 0 | 0 | 100 % |",
      "| lab-4 | run-server.ts (shell) | 1 | 1 | 0 | 0 | 100 % |",
    ]);
  });
});

describe.skipIf(!hasReference)("docs/mutation.md", () => {
  const path = join(root, "docs", "mutation.md");
  const rows = documentedRows(existsSync(path) ? readFileSync(path, "utf8") : "");
  const files = rows.filter((row) => !isCore(row));

  it("has a row for each file of the reference, and none besides", () => {
    const wanted = labIds.flatMap((lab) => referenceFiles(lab).map((file) => `${lab} ${isShell(lab, file) ? `${file} (shell)` : file}`));
    expect(files.map(({ lab, file }) => `${lab} ${file}`).toSorted()).toEqual(wanted.toSorted());
  });

  it("counts an explained survivor for each reason, or several that share one", () => {
    for (const { lab, file, explained } of files) {
      const reasons = allEquivalents.filter((entry) => entry.lab === lab && file.split(" ")[0] === entry.file).length;
      expect(explained, `${lab} ${file}`).toBeGreaterThanOrEqual(reasons);
      expect(explained > 0, `${lab} ${file}`).toBe(reasons > 0);
    }
  });

  it("tells of nothing unexplained, and of enough that is killed in each lab's core", () => {
    expect(rows.filter(({ unexplained }) => unexplained !== 0)).toEqual([]);
    const cores = rows.filter(isCore);
    expect(cores.map(({ lab }) => lab)).toEqual(labIds);
    for (const { lab, killed: noticed, mutants } of cores) expect(noticed / mutants, lab).toBeGreaterThanOrEqual(wantedScore);
  });
});
