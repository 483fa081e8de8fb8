import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { check, classOf, grade, lab } from "../outputs/example/tiny-class.ts";
import { writeOutputs } from "./write-outputs.ts";
import { readWritten } from "./written-reports.ts";

const grades = classOf([grade("ann", [lab([check("a", "passed")])]), grade("bob", [lab([check("a", "failed")])])]);

async function emptyFolder() {
  return { path: await temporaryFolder(), shown: "grades" };
}

it("other formats than before replace those of before", async () => {
  const folder = await emptyFolder();
  expect(writeOutputs(folder, grades, ["html", "markdown"])).toEqual({
    files: ["report.html", "submissions/ann/summary.md", "submissions/bob/summary.md", "summary.md"],
    removed: [],
    older: [],
  });
  writeFileSync(join(folder.path, "notes.txt"), "the instructor's");
  expect(writeOutputs(folder, grades, ["html", "csv"])).toEqual({
    files: ["gradebook-canvas.csv", "gradebook.csv", "report.html"],
    removed: ["submissions/ann/summary.md", "submissions/bob/summary.md", "summary.md"],
    older: [],
  });
  expect(readdirSync(folder.path).toSorted()).toEqual([
    ".reports.json",
    "gradebook-canvas.csv",
    "gradebook.csv",
    "notes.txt",
    "report.html",
  ]);
});

it("a report that somebody has changed stays, and is told of once", async () => {
  const folder = await emptyFolder();
  writeOutputs(folder, grades, ["csv"]);
  writeFileSync(join(folder.path, "gradebook.csv"), "Ann,5\n");
  expect(writeOutputs(folder, grades, ["html"])).toMatchObject({ removed: ["gradebook-canvas.csv"], older: ["gradebook.csv"] });
  expect(readFileSync(join(folder.path, "gradebook.csv"), "utf8")).toBe("Ann,5\n");
  expect(writeOutputs(folder, grades, ["html"])).toMatchObject({ removed: [], older: [] });
});

it("reports of a submission that has none of these any more go, too", async () => {
  const folder = await emptyFolder();
  writeOutputs(folder, grades, ["gradescope"]);
  const { removed } = writeOutputs(folder, { ...grades, grades: grades.grades.slice(1) }, ["gradescope"]);
  expect(removed).toEqual(["submissions/ann/results.json"]);
  expect(readdirSync(join(folder.path, "submissions"))).toEqual(["bob"]);
});

it("nothing outside of the folder is removed, whatever the record says", async () => {
  const folder = await emptyFolder();
  for (const record of ["no record", "null", JSON.stringify({ "../x": "", "submissions/../x": "", "a/b": "", "..": "", "/x": "" })]) {
    writeFileSync(join(folder.path, ".reports.json"), record);
    expect(readWritten(folder.path)).toEqual({});
  }
  rmSync(join(folder.path, ".reports.json"));
  expect(readWritten(folder.path)).toEqual({});
  writeOutputs(folder, grades, ["html"]);
  expect(existsSync(join(folder.path, "report.html"))).toBe(true);
});
