import { copyParts, joinParts, readPart } from "#checks/grader/class/merge-runs.ts";
import { runFolder } from "#checks/grader/class/run-folder.ts";
import { classOf } from "#checks/grader/class/run-manifest.ts";
import { writeOutputs } from "#checks/grader/class/write-outputs.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import type { GradeOptions } from "./grade-options.ts";
import { requireOut } from "./grade-settings.ts";
import { gradeSummary } from "./grade-summary.ts";

/** Joins the shards of a class. Returns the exit code. */
export function gradeMerge({ words, out, formats, color }: GradeOptions): number {
  const started = performance.now();
  const to = runFolder(requireOut(out, "the whole class goes"));
  const parts = words.map((word) => readPart(runFolder(word)));
  const { manifest, grades } = joinParts(parts);
  copyParts(parts, manifest, to);
  const graded = classOf(manifest, grades);
  const { files } = writeOutputs(to, graded, formats);
  const facts = { folder: to, files, key: undefined, took: performance.now() - started, notes: [] };
  console.log(gradeSummary(graded, facts, terminalStyle(color)).join("\n").trimStart());
  return grades.some(({ problem }) => problem !== undefined) ? 1 : 0;
}
