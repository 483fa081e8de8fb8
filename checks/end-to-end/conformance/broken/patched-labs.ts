import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { Patch } from "./patches.ts";

/** A copy of the reference with patches in it, in a folder for `--from`. */
export function patchedLabs(patches: readonly Pick<Patch, "lab" | "file" | "replace">[]): {
  readonly folder: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "kit-broken-"));
  cpSync(join(root, "reference"), folder, { recursive: true });
  for (const { lab, file, replace } of patches) {
    const path = join(folder, labFolders[lab], file);
    const [found, by] = replace;
    const parts = readFileSync(path, "utf8").split(found);
    if (parts.length !== 2) throw new Error(`${file}: "${found}" stands there ${parts.length - 1} times; bring the patch up to date.`);
    writeFileSync(path, parts.join(by));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
