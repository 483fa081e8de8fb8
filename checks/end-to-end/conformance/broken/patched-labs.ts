import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { outcomes } from "./outcomes.ts";
import type { Change } from "./patch.ts";
import { runCases } from "./run-cases.ts";

/** Runs some cases on the kit's own server, made of the reference with changes. */
export async function runPatched(changes: readonly Change[], ids: readonly string[], options: Parameters<typeof runCases>[2]) {
  const { folder, remove } = patchedLabs(changes);
  try {
    return outcomes(await runCases({ kind: "own", from: folder, link: "memory" }, ids, options));
  } finally {
    remove();
  }
}

/** A copy of the reference with changes in it, in a folder for `--from`. */
export function patchedLabs(changes: readonly Change[]): { readonly folder: string; readonly remove: () => void } {
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
