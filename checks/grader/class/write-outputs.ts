import { join } from "node:path";
import type { ClassGrades } from "#checks/grader/model/grade.ts";
import { classroom50Context } from "#checks/grader/outputs/classroom50.ts";
import { type Format, writers } from "#checks/grader/outputs/writers.ts";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import type { RunFolder } from "./run-folder.ts";

export type { Format };

export const formats = Object.keys(writers) as readonly Format[];

/** Writes the grades in these formats. @returns the paths, in the folder, sorted */
export function writeOutputs({ path }: RunFolder, grades: ClassGrades, wanted: readonly Format[]): readonly string[] {
  // Classroom 50 grades one submission at a time, and tells about it in the environment.
  const classroom50 = grades.grades.length === 1 ? classroom50Context(process.env) : undefined;
  const files = wanted.flatMap((format) => writers[format](grades, classroom50 === undefined ? {} : { classroom50 }));
  for (const file of files) writeWhole(join(path, file.path), file.content);
  return files.map((file) => file.path).toSorted();
}
