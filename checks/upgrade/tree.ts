import { lstatSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What stands at a place of the student's folder. */
export type Found = { readonly kind: "nothing" } | { readonly kind: "file"; readonly bytes: Uint8Array } | { readonly kind: "other" };

/** What stands at `path` in a folder. Links are not followed. */
export function findIn(folder: string, path: string): Found {
  const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (stat === undefined) return { kind: "nothing" };
  return stat.isFile() ? { kind: "file", bytes: readFileSync(join(folder, path)) } : { kind: "other" };
}

/** The first folder on the way to one of these paths that is none, a link for example: nothing is written through it. */
export function blockedFolder(folder: string, paths: readonly string[]): string | undefined {
  const above = new Set<string>();
  for (const path of paths) for (let up = dirname(path); up !== "."; up = dirname(up)) above.add(up);
  return [...above].toSorted().find((path) => lstatSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory() === false);
}
