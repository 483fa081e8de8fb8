import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LabId, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { skeletonOf } from "./generate.ts";

/** How a file of `labs/` differs from the skeleton. */
export type Drift = { readonly file: string; readonly how: "missing" | "changed" | "stray" };

/** Compares a lab's folder under `labs/` with its skeleton. The student's `scratch/` does not count. */
export function driftOf(lab: LabId): readonly Drift[] {
  const folder = join(root, "labs", labFolders[lab]);
  const skeleton = skeletonOf(lab);
  const present = existsSync(folder) ? readdirSync(folder).filter((name) => name !== "scratch") : [];
  const path = (name: string) => `labs/${labFolders[lab]}/${name}`;
  return [
    ...skeleton.flatMap(({ name, text }): readonly Drift[] => {
      if (!present.includes(name)) return [{ file: path(name), how: "missing" }];
      return readFileSync(join(folder, name), "utf8") === text ? [] : [{ file: path(name), how: "changed" }];
    }),
    ...present.filter((name) => !skeleton.some((file) => file.name === name)).map((name): Drift => ({ file: path(name), how: "stray" })),
  ];
}
