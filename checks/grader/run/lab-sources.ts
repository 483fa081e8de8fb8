import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { hasReference, implementationFrom, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { TakenFile } from "../model/submission.ts";

/** The files of one lab, by name. */
export type LabFiles = ReadonlyMap<string, string>;
export type LabSources = Readonly<Record<LabId, LabFiles>>;

/** The files that the submission has, and the skeleton's for those that it does not have. */
export function sourcesOf(files: readonly TakenFile[]): {
  readonly sources: LabSources;
  readonly missing: Readonly<Record<LabId, readonly string[]>>;
} {
  const entries = labIds.map((lab) => {
    const own = new Map(files.filter((file) => file.lab === lab).map(({ path, content }) => [path, Buffer.from(content).toString("utf8")]));
    const skeleton = skeletonFiles(lab);
    const missing = [...skeleton.keys()].filter((name) => !own.has(name));
    return { lab, all: new Map([...skeleton, ...own]), missing };
  });
  return {
    sources: Object.fromEntries(entries.map(({ lab, all }) => [lab, all])) as unknown as LabSources,
    missing: Object.fromEntries(entries.map(({ lab, missing }) => [lab, missing])) as unknown as Record<LabId, readonly string[]>,
  };
}

const skeletons = new Map<LabId, LabFiles>();

/** What the lab's folder holds before anybody has worked in it. Without the reference it cannot be made, and what stands in labs/ counts. */
export function skeletonFiles(lab: LabId): LabFiles {
  const known = skeletons.get(lab);
  if (known !== undefined) return known;
  const files = hasReference
    ? new Map(skeletonOf(lab).map(({ name, text }) => [name, text]))
    : filesIn(join(root, "labs", labFolders[lab]));
  skeletons.set(lab, files);
  return files;
}

/** The solved labs, where they are. */
export function referenceSources(): LabSources | undefined {
  if (!hasReference) return undefined;
  const reference = implementationFrom("reference");
  return Object.fromEntries(labIds.map((lab) => [lab, filesIn(reference[lab])])) as unknown as LabSources;
}

function filesIn(folder: string): LabFiles {
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
