import { readFileSync, statSync } from "node:fs";
import { writeWhole } from "#checks/skeleton/write-whole.ts";

/** A file in which a command remembers something for this folder's user, below `.kit/`. It is never needed: it may be deleted at any time. */
export type LocalFile = {
  readonly path: string;
  /** Stands in the file. What another kit wrote in another form is not read. */
  readonly format: string;
  /** A longer file is not one of ours. */
  readonly mostBytes: number;
};

/** What stands in such a file; each reader checks what it takes from `content`. */
export type LocalContent =
  | { readonly kind: "none" }
  | { readonly kind: "damaged" }
  | { readonly kind: "content"; readonly content: Readonly<Record<string, unknown>> };

/** Reads the file. Never throws. */
export function readLocal({ path, format, mostBytes }: LocalFile): LocalContent {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return { kind: "none" };
    if (!found.isFile() || found.size > mostBytes) return { kind: "damaged" };
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (!isRecord(content) || content["format"] !== format) return { kind: "damaged" };
    return { kind: "content", content };
  } catch {
    return { kind: "damaged" };
  }
}

/**
 * Replaces the file as a whole: whoever reads it meanwhile finds the old content or the new one. When two commands do so in the same
 * instant, one of them is forgotten.
 *
 * @returns whether it could be written
 */
export function writeLocal({ path, format }: LocalFile, content: Readonly<Record<string, unknown>>): boolean {
  try {
    writeWhole(path, `${JSON.stringify({ format, ...content })}\n`);
    return true;
  } catch {
    return false;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
