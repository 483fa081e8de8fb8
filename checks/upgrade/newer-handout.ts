import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, manifestName, parseManifest } from "./manifest.ts";
import { hasHash, plainLines, textOf } from "./text.ts";
import { findIn } from "./tree.ts";

/** A hand-out as it was given out. */
export type Handout = { readonly manifest: Manifest; readonly manifestBytes: Uint8Array; readonly read: (path: string) => Uint8Array };

/**
 * Reads a hand-out, and every file of it: what was changed in it, or got lost, would end up in a student's folder.
 *
 * @returns the hand-out, or what is wrong with the folder: `is no hand-out: …`
 */
export function readHandout(folder: string): Handout | string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return "is no folder";
  const manifestFile = findIn(folder, manifestName);
  if (manifestFile.kind !== "file") return `is no hand-out: it has no ${manifestName}`;
  const manifest = parseManifest(readFileSync(join(folder, manifestName), "utf8"));
  if (typeof manifest === "string") return `cannot be used: its ${manifestName} ${manifest}`;
  const files = new Map<string, Uint8Array>();
  for (const [path, hash] of Object.entries(manifest.files)) {
    const found = findIn(folder, path);
    if (found.kind !== "file" || !hasHash(found.bytes, hash)) return `is not as it was handed out (${path}); take a fresh copy`;
    files.set(path, withPlainLines(found.bytes));
  }
  return { manifest, manifestBytes: manifestFile.bytes, read: (path) => files.get(path) ?? Buffer.of() };
}

/** A clone on Windows may have other line ends. */
function withPlainLines(bytes: Uint8Array): Uint8Array {
  const text = textOf(bytes);
  return text?.includes("\r\n") === true ? Buffer.from(plainLines(text)) : bytes;
}
