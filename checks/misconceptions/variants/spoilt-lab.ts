import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Implementation, implementationFrom, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { applyEdits, type Variant } from "./variant.ts";

/**
 * Makes a copy of the lab's reference that the variant's edits have spoilt, and removes it when `use` is done.
 *
 * @param use is given the reference with the spoilt lab in it, and the temporary folder, in which it may leave files
 */
export async function withSpoiltLab<Result>(
  { lab, file, edits }: Pick<Variant, "lab" | "file" | "edits">,
  use: (implementation: Implementation, folder: string) => Promise<Result>,
): Promise<Result> {
  // Under the project, so that a bundle in it finds the packages.
  mkdirSync(join(root, ".kit"), { recursive: true });
  const folder = mkdtempSync(join(root, ".kit", "variant-"));
  try {
    const reference = implementationFrom("reference");
    const copy = join(folder, labFolders[lab]);
    cpSync(reference[lab], copy, { recursive: true });
    const path = join(copy, file);
    writeFileSync(path, applyEdits(readFileSync(path, "utf8"), edits));
    return await use({ ...reference, [lab]: copy }, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
