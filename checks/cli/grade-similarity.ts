import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { readRun, runFolder, takenFile } from "#checks/grader/class/run-folder.ts";
import { baseLayout, similarityReadme, submissionLayout } from "#checks/grader/class/similarity-layout.ts";
import { readSubmission } from "#checks/grader/intake/read-submission.ts";
import { findSources } from "#checks/grader/intake/submission-source.ts";
import { writeWholeFolder } from "#checks/skeleton/whole-folder.ts";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import { counted } from "#kit/counted.ts";
import type { GradeOptions } from "./grade-options.ts";
import { requireOut } from "./grade-settings.ts";

/** Lays out what was graded for programs that look for plagiarism. Returns the exit code. */
export async function gradeSimilarity({ words, out }: GradeOptions): Promise<number> {
  const [from, ...others] = words;
  if (from === undefined || others.length > 0)
    throw new UsageError("Give one folder of grades: npm run grade export-similarity DIR -- --out DIR");
  const run = runFolder(from);
  const to = runFolder(requireOut(out, "the files go"));
  const { manifest, grades } = readRun(run);
  let submissions = 0;
  try {
    if (existsSync(to.path) && readdirSync(to.path).length > 0) throw new UsageError(`${to.shown} is not empty; give a new folder.`);
    await writeWholeFolder(to.path, async (folder) => {
      for (const { submission } of grades) {
        const [source] = findSources([join(run.path, takenFile(submission.id))]);
        const files = source === undefined ? [] : (await readSubmission(source, undefined)).files;
        if (files.length > 0) submissions++;
        for (const { path, content } of submissionLayout(submission.id, files)) writeWhole(join(folder, path), content);
      }
      for (const { path, content } of baseLayout(manifest.labs)) writeWhole(join(folder, path), content);
      writeWhole(join(folder, "README.txt"), similarityReadme);
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--out ${to.shown} cannot be written: ${fileTrouble(error)}.`);
  }
  console.log(
    `${to.shown}/submissions/ has ${counted(submissions, "folder")}, and ${to.shown}/base/ what all of them began with; see README.txt there.`,
  );
  return 0;
}
