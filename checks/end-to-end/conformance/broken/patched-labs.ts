import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { Change } from "./patches.ts";

/** A copy of the reference with patches in it, in a folder for `--from`. */
export function patchedLabs(changes: readonly Change[]): {
  readonly folder: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "kit-broken-"));
  cpSync(join(root, "reference"), folder, { recursive: true });
  for (const { lab, file, replace, also } of changes) {
    const path = join(folder, labFolders[lab], file);
    let text = readFileSync(path, "utf8");
    for (const [found, by] of also === undefined ? [replace] : [replace, also]) {
      const parts = text.split(found);
      if (parts.length !== 2) throw new Error(`${file}: "${found}" stands there ${parts.length - 1} times; bring the patch up to date.`);
      text = parts.join(by);
    }
    writeFileSync(path, text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
