import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { RunFolder } from "#checks/grader/class/run-folder.ts";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import type { ClassPlan } from "./grade-plan.ts";

/**
 * Writes down who is which number, beside the grades and not among them: those are made to be passed on. Nobody but the user may read it.
 *
 * @returns the file's path as the user would write it
 * @throws {UsageError} when another run's key stands there
 */
export function keepKey({ path, shown }: RunFolder, { planned }: ClassPlan): string {
  const name = `${basename(path)}-key.json`;
  const file = join(dirname(path), name);
  const key = Object.fromEntries(planned.map(({ id, about }) => [id, { submission: about.id, students: about.students }]));
  const text = `${JSON.stringify(key, undefined, 1)}\n`;
  const shownFile = join(dirname(shown), name);
  if (existsSync(file) && readFileSync(file, "utf8") !== text)
    throw new UsageError(`${shownFile} is the key of another run; move it away, or give another --out.`);
  writeWhole(file, text, 0o600);
  return shownFile;
}
