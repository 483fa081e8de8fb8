import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { copyParts, joinParts, makeNewFolder, readPart } from "#checks/grader/class/merge-runs.ts";
import { runFolder } from "#checks/grader/class/run-folder.ts";
import { classOf } from "#checks/grader/class/run-manifest.ts";
import { writeOutputs } from "#checks/grader/class/write-outputs.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { writeWholeFolder } from "#checks/skeleton/whole-folder.ts";
import type { GradeOptions } from "./grade-options.ts";
import { requireOut } from "./grade-settings.ts";
import { gradeSummary } from "./grade-summary.ts";

/** Joins the shards of a class. Returns the exit code. */
export async function gradeMerge({ words, out, formats, color }: GradeOptions): Promise<number> {
  const started = performance.now();
  const to = runFolder(requireOut(out, "the whole class goes"));
  const parts = words.map((word) => readPart(runFolder(word)));
  const { manifest, grades } = joinParts(parts);
  const graded = classOf(manifest, grades);
  makeNewFolder(to);
  let files: readonly string[] = [];
  try {
    await writeWholeFolder(to.path, (path) => {
      copyParts(parts, manifest, { ...to, path });
      ({ files } = writeOutputs({ ...to, path }, graded, formats));
    });
  } catch (error) {
    throw new UsageError(`--out ${to.shown} cannot be written: ${fileTrouble(error)}. Nothing is kept; give the same command again.`);
  }
  const facts = { folder: to, files, key: undefined, took: performance.now() - started, notes: [] };
  console.log(gradeSummary(graded, facts, terminalStyle(color)).slice(1).join("\n"));
  return grades.some(({ problem }) => problem !== undefined) ? 1 : 0;
}
