import { join } from "node:path";
import type { ClassGrades } from "#checks/grader/model/grade.ts";
import { classroom50Context } from "#checks/grader/outputs/classroom50.ts";
import { type Format, writers } from "#checks/grader/outputs/writers.ts";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import type { RunFolder } from "./run-folder.ts";
import { keepWritten, readWritten, removeOlder, writtenHash } from "./written-reports.ts";

export type { Format };

export const formats = Object.keys(writers) as readonly Format[];

/** Which reports are in the folder now: paths in it, sorted. */
export type Outputs = {
  readonly files: readonly string[];
  /** Those of an earlier run, in formats that are not wanted now: these were removed. */
  readonly removed: readonly string[];
  /** And these were not, since somebody has changed them. */
  readonly older: readonly string[];
};

/** Writes the grades in these formats, and removes what an earlier run has written in others: all reports in the folder say the same. */
export function writeOutputs({ path }: RunFolder, grades: ClassGrades, wanted: readonly Format[]): Outputs {
  // Classroom 50 grades one submission at a time, and tells about it in the environment.
  const classroom50 = grades.grades.length === 1 ? classroom50Context(process.env) : undefined;
  const files = wanted.flatMap((format) => writers[format](grades, classroom50 === undefined ? {} : { classroom50 }));
  const before = readWritten(path);
  const now = Object.fromEntries(files.map((file) => [file.path, writtenHash(file.content)]));
  // Both, so that a run that is killed here leaves nothing that nobody knows of.
  keepWritten(path, { ...before, ...now });
  for (const file of files) writeWhole(join(path, file.path), file.content);
  const { removed, older } = removeOlder(path, Object.fromEntries(Object.entries(before).filter(([name]) => now[name] === undefined)));
  keepWritten(path, now);
  return { files: files.map((file) => file.path).toSorted(), removed, older };
}
