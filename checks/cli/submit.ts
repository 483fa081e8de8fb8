import { existsSync, readFileSync, renameSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { packFiles } from "#checks/grader/intake/pack-files.ts";
import { readFolder } from "#checks/grader/intake/read-folder.ts";
import { type Taken, takeFiles } from "#checks/grader/intake/take-files.ts";
import { UnreadableSubmission } from "#checks/grader/intake/unreadable-submission.ts";
import { type LabResult, pointsOf } from "#checks/harness/check-result.ts";
import { registry } from "#checks/harness/registry.ts";
import { type Style, terminalStyle, wrap } from "#checks/harness/report/style.ts";
import { implementationOn, runLabs } from "#checks/harness/run/run-lab.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { makeKeptFolder } from "#checks/skeleton/kept-folder.ts";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import { counted } from "#kit/counted.ts";
import { implementationFrom, type LabId, labFolders, labIds, onReference } from "#launch/implementation.mjs";
import { root, userFolder } from "#launch/root.mjs";
import { runCommand } from "./command.ts";
import { readSubmitOptions, submitHelp } from "./submit-options.ts";

await runCommand(submitHelp, async () => {
  const options = readSubmitOptions();
  if (options.help) {
    console.log(submitHelp);
    return 0;
  }
  const style = terminalStyle(options.color);
  const results = await checkLabs(options.labs.length > 0 ? options.labs : labIds);
  const chosen = options.labs.length > 0 ? results : results.filter(isFinished);
  if (chosen.length === 0) throw new UsageError("No lab is finished yet. To hand one in as it is, name it: npm run submit lab-1");
  const { files, refused } = await collect(chosen.map(({ lab }) => lab));
  if (refused.length > 0) {
    for (const { path, why } of refused) tell(`labs/${path} ${why}.`, style);
    tell("Nothing was packed, since a grader would not take this. Move it into the lab's folder scratch/, or out of it.", style);
    return 1;
  }
  for (const result of chosen) console.log(resultLine(result, style));
  const { file, note } = keep(await packFiles(files), options.out ?? usualName(chosen));
  console.log("");
  for (const { lab, path, content } of files) console.log(`  ${`${labFolders[lab]}/${path}`.padEnd(44)} ${sizeWords(content.length)}`);
  tell(note, style);
  tell(`Hand in ${file} (${sizeWords(readFileSync(resolve(userFolder, file)).length).trim()}).`, style);
  return 0;
});

/** Checks the student's labs as `npm run check` does. */
async function checkLabs(labs: readonly LabId[]): Promise<readonly LabResult[]> {
  const from = implementationFrom("labs");
  const earlier = onReference(from);
  const checks = await Promise.all(labs.flatMap((lab) => registry[lab]?.() ?? []));
  return runLabs(
    checks.map((lab) => ({
      checks: lab,
      ids: lab.checks.map(({ id }) => id),
      implementation: implementationOn(lab.id, from, earlier),
      seed: defaultSeed,
    })),
  );
}

function isFinished({ checks, typeFaults }: LabResult): boolean {
  const { earned, points } = pointsOf(checks);
  return earned === points && typeFaults.length === 0;
}

/** Exactly what a grader would take of these labs. */
async function collect(labs: readonly LabId[]): Promise<Taken> {
  const folders = labs.map((lab) => labFolders[lab]);
  try {
    const found = await readFolder(join(root, "labs"));
    const taken = takeFiles(found.filter(({ path }) => folders.some((folder) => path === folder || path.startsWith(`${folder}/`))));
    // What editors and operating systems put there, nobody means to hand in.
    return { ...taken, refused: taken.refused.filter(({ path }) => !basename(path).startsWith(".") || path === ".") };
  } catch (error) {
    if (error instanceof UnreadableSubmission) throw new UsageError(`labs/ ${error.message}.`);
    throw error;
  }
}

function resultLine({ lab, title, checks, typeFaults }: LabResult, { paint }: Style): string {
  const { earned, points } = pointsOf(checks);
  const faults = typeFaults.length === 0 ? "" : `  ${counted(typeFaults.length, "type error")}`;
  const text = `  ${lab}  ${title.padEnd(16)} ${`${earned}/${points}`.padStart(7)} points${faults}`;
  return earned === points && faults === "" ? paint.green(text) : text;
}

function usualName(results: readonly LabResult[]): string {
  const [only] = results;
  return relative(userFolder, join(root, results.length === 1 && only !== undefined ? `${only.lab}.tar.gz` : "labs.tar.gz"));
}

/** Writes the archive. Another one of that name is kept. @throws {UsageError} when it cannot be written */
function keep(archive: Uint8Array, name: string): { readonly file: string; readonly note: string } {
  const path = resolve(userFolder, name);
  try {
    if (!existsSync(path)) writeWhole(path, archive);
    else if (Buffer.compare(readFileSync(path), archive) === 0)
      return { file: name, note: "It was packed before: the archive is the same." };
    else {
      const kept = join(makeKeptFolder(join(root, ".kit", "kept", "submission"), new Date()), basename(path));
      renameSync(path, kept);
      writeWhole(path, archive);
      return { file: name, note: `What was handed in before is kept as ${relative(root, kept).replaceAll("\\", "/")}.` };
    }
  } catch (error) {
    throw new UsageError(`${name} cannot be written: ${fileTrouble(error)}.`);
  }
  return { file: name, note: "" };
}

function sizeWords(bytes: number): string {
  const text = bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
  return text.padStart(10);
}

function tell(text: string, { width }: Style): void {
  if (text !== "") console.log(wrap(text, width).join("\n"));
}
