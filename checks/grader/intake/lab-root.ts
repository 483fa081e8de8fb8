import { labOfFolder } from "./lab-files.ts";

/** Where in a submission the lab folders lie: the segments in front of them. */
export type LabRoot =
  | { readonly kind: "root"; readonly segments: readonly string[] }
  | { readonly kind: "none" }
  | { readonly kind: "several"; readonly roots: readonly string[] };

/** Folders of the kit's that hold folders of the same names, and what operating systems add: nobody's labs. */
const never = new Set(["reference", "checks", "__MACOSX"]);

/**
 * Finds the lab folders: below labs/, at the top, or the same below one folder that wraps everything, as archives that a web site makes
 * have it. The first of these that is there holds all that counts.
 */
export function findLabRoot(paths: readonly (readonly string[])[]): LabRoot {
  if (paths.some((path) => path[0] === "labs" && isLab(path, 1))) return { kind: "root", segments: ["labs"] };
  if (paths.some((path) => isLab(path, 0))) return { kind: "root", segments: [] };
  const wrapped = paths.filter(([first = ""]) => !never.has(first) && !first.startsWith("."));
  const inLabs = wrapped.filter((path) => path[1] === "labs" && isLab(path, 2)).map(([first = ""]) => `${first}/labs`);
  const bare = wrapped.filter((path) => isLab(path, 1)).map(([first = ""]) => first);
  const roots = [...new Set(inLabs.length > 0 ? inLabs : bare)];
  const [only] = roots;
  if (only === undefined) return { kind: "none" };
  return roots.length === 1 ? { kind: "root", segments: only.split("/") } : { kind: "several", roots: roots.toSorted() };
}

/** Whether the path leads to something in a lab's folder, with `depth` segments in front of that. */
function isLab(segments: readonly string[], depth: number): boolean {
  return segments.length > depth + 1 && labOfFolder(segments[depth] ?? "") !== undefined;
}
