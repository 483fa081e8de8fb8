import { createHash } from "node:crypto";

/** What a hand-out says of itself, so that a later one knows what a student has begun with. */
export type Manifest = {
  /** Of this description. */
  readonly format: 1;
  readonly kit: string;
  readonly version: string;
  /** Of all files: two hand-outs with the same state are the same. */
  readonly state: string;
  /** Path -> SHA-256, hexadecimal, of every other file as handed out. */
  readonly files: Readonly<Record<string, string>>;
};

/** Where it stands. */
export const manifestName = ".handout.json";

/** @param files every file of the hand-out but the manifest itself */
export function makeManifest(kit: string, version: string, files: ReadonlyMap<string, Uint8Array>): Manifest {
  const hashes = Object.fromEntries([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, bytes]) => [path, hashOf(bytes)]));
  return { format: 1, kit, version, state: hashOf(Buffer.from(JSON.stringify(hashes))).slice(0, 12), files: hashes };
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/**
 * Reads a manifest. Nothing in it is believed: a path that would leave the folder is refused.
 *
 * @returns the manifest, or what is wrong with it: `is not JSON`
 */
export function parseManifest(text: string): Manifest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "is not JSON";
  }
  if (typeof value !== "object" || value === null) return "is no object";
  const { format, kit, version, state, files }: Partial<Record<keyof Manifest, unknown>> = value;
  if (format !== 1) return `has the format ${String(format)}, and this kit reads format 1`;
  if (typeof kit !== "string" || typeof version !== "string" || typeof state !== "string") return "does not say which version it is";
  if (typeof files !== "object" || files === null) return "names no files";
  for (const [path, hash] of Object.entries(files)) {
    if (!isSafePath(path)) return `names the file ${JSON.stringify(path)}, which is no path inside the hand-out`;
    if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) return `has no hash of ${path}`;
  }
  return { format, kit, version, state, files: { ...files } };
}

/** `0.2.0 (3fa4c2d81b07)` */
export function versionWords({ version, state }: Manifest): string {
  return `${version} (${state})`;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Relative, with `/`, of plain names only, and not where Git, npm or the kit keep their own. */
function isSafePath(path: string): boolean {
  const names = path.split("/");
  const own = [".git", ".kit", "node_modules"];
  return path.length <= 300 && !own.includes(names[0] ?? "") && names.every((name) => /^(?!\.{1,2}$|__proto__$)[\w.@+ -]+$/.test(name));
}
