import type { TakenFile } from "#checks/grader/model/submission.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { type LabId, labFolders } from "#launch/implementation.mjs";

/** A file to write, with `/`. */
export type LaidOut = { readonly path: string; readonly content: string | Uint8Array };

/** One folder a submission, with all its files directly in it: what the usual checkers of similarity take. */
export function submissionLayout(id: string, files: readonly TakenFile[]): readonly LaidOut[] {
  return files.map(({ lab, path, content }) => ({ path: `submissions/${id}/${flatName(lab, path)}`, content }));
}

/** The skeletons, which everybody has: a checker is told to leave them out. */
export function baseLayout(labs: readonly LabId[]): readonly LaidOut[] {
  return labs.flatMap((lab) => skeletonOf(lab).map(({ name, text }) => ({ path: `base/${flatName(lab, name)}`, content: text })));
}

function flatName(lab: LabId, name: string): string {
  return `${labFolders[lab]}-${name}`;
}

export const similarityReadme = `submissions/ has a folder for each submission, with all its files directly in
it; base/ has the skeletons that everybody began with. JPlag takes submissions/
as the folder of submissions and base/ as the base code; Moss takes the files of
base/ as base files and compares by folder; Dolos ignores the files of base/.

A likeness is a reason to look, and no proof: the files are short, their
signatures are given, and the handouts lead everybody the same way.
`;
