import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { compareReceipts } from "#checks/grader/class/compare-receipts.ts";
import { findManifest, readGrade, takenFile } from "#checks/grader/class/run-folder.ts";
import { readSubmission } from "#checks/grader/intake/read-submission.ts";
import { findSources } from "#checks/grader/intake/submission-source.ts";
import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import type { TakenFile } from "#checks/grader/model/submission.ts";
import { checksHash, kitHash } from "#checks/grader/run/kit-hashes.ts";
import { terminalStyle, wrap } from "#checks/harness/report/style.ts";
import { counted } from "#kit/counted.ts";
import { userFolder } from "#launch/root.mjs";
import type { GradeOptions } from "./grade-options.ts";
import { inGradeSandbox } from "./grade-sandbox.ts";
import { gradeWith, hiddenChecks } from "./grade-settings.ts";

/** Repeats the run of one submission and compares. Returns the exit code: 1 when something is not the same. */
export async function gradeVerify(options: GradeOptions): Promise<number> {
  const [receipt, submission, ...others] = options.words;
  if (receipt === undefined || others.length > 0)
    throw new UsageError("Give the grade to verify, and perhaps the submission: npm run grade verify DIR/grades/ID.json");
  const { grade, folder } = readReceipt(receipt);
  const manifest = findManifest(folder);
  const files = await filesFor(grade, folder.path, submission, options.before);
  const hidden = await hiddenChecks();
  const style = terminalStyle(options.color);
  return inGradeSandbox(options, async (sandbox, interruption) => {
    const run = {
      labs: grade.labs.map(({ lab }) => lab),
      timeouts: manifest?.timeouts ?? {},
      kit: kitHash(),
      checks: checksHash(hidden.sources),
      hidden,
    };
    const again = await gradeWith({ ...grade.submission, files }, run, grade.receipt.seed, sandbox, interruption.signal);
    const ended = interruption.exitCode();
    if (ended !== undefined) return ended;
    const differences = compareReceipts(grade, again);
    const { id } = grade.submission;
    const lines =
      differences.length === 0
        ? [`The same: ${id} gets ${again.earned} of ${counted(again.points, "point")} by the checks again, in tier ${again.tier}.`]
        : [
            `Not the same: ${id} had ${counted(grade.earned, "point")} by the checks, and now has ${again.earned} of ${again.points}.`,
            ...differences.map(({ what, before, after }) => `  ${what}: ${before} -> ${after}`),
          ];
    console.log(lines.flatMap((line) => wrap(line, style.width, 4)).join("\n"));
    return differences.length === 0 ? 0 : 1;
  });
}

function readReceipt(given: string): {
  readonly grade: SubmissionGrade;
  readonly folder: { readonly path: string; readonly shown: string };
} {
  const file = resolve(userFolder, given);
  if (!existsSync(file))
    throw new UsageError(`${given}: there is no such file; give the grade of a submission, such as DIR/grades/ID.json.`);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${given} cannot be read: ${fileTrouble(error)}; give the grade of a submission, such as DIR/grades/ID.json.`);
  }
  const grade = readGrade(text, given);
  return { grade, folder: { path: dirname(dirname(file)), shown: dirname(dirname(given)) } };
}

/** The files that were graded: kept beside the grade, or read again. */
async function filesFor(
  { submission }: SubmissionGrade,
  folder: string,
  given: string | undefined,
  before: Date | undefined,
): Promise<readonly TakenFile[]> {
  const kept = join(folder, takenFile(submission.id));
  if (given === undefined && !existsSync(kept))
    throw new UsageError(`The files of ${submission.id} are not beside its grade (${takenFile(submission.id)}); name the submission, too.`);
  const [source] = findSources([given ?? kept]);
  if (source === undefined) return [];
  const { files, refused } = await readSubmission(source, before);
  if (given !== undefined && files.length === 0)
    throw new UsageError(`Nothing could be taken from ${given}: ${refused[0]?.path} ${refused[0]?.why}.`);
  return files;
}
