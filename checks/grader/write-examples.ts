import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "#checks/skeleton/write-whole.ts";
import { type ExampleArchive, exampleArchives, examplesFolder } from "./example-submissions.ts";
import { readSubmission } from "./intake/read-submission.ts";
import { findSources } from "./intake/submission-source.ts";
import type { TakenFile } from "./model/submission.ts";

/** The examples that are not what the reference makes of them. Only what is in them counts: programs pack in different ways. */
export async function staleExamples(): Promise<readonly ExampleArchive[]> {
  const stale: ExampleArchive[] = [];
  for (const example of exampleArchives()) if (!(await isCurrent(example))) stale.push(example);
  return stale;
}

async function isCurrent({ name, files }: ExampleArchive): Promise<boolean> {
  const path = join(examplesFolder, name);
  if (!existsSync(path)) return false;
  const [source] = findSources([path]);
  if (source === undefined) return false;
  return textOf((await readSubmission(source, undefined)).files) === textOf(files);
}

function textOf(files: readonly TakenFile[]): string {
  return files
    .map(({ lab, path, content }) => `${lab}/${path} ${Buffer.from(content).toString("base64")}`)
    .toSorted()
    .join("\n");
}

/** Packs these examples anew. */
export async function writeExamples(examples: readonly ExampleArchive[]): Promise<void> {
  for (const { name, pack } of examples) writeWhole(join(examplesFolder, name), await pack());
}
