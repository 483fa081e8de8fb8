import { lstatSync, readFileSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import type { Ipv4Address } from "#contract/vocabulary.ts";

/** The file that names the DNS servers: what it was, and what the client has written there. */
export type ResolverFileChange = {
  readonly kind: "resolver-file";
  readonly path: string;
  readonly before: { readonly text: string } | { readonly linkTo: string };
  readonly written: string;
};

/** What will be done to `/etc/resolv.conf` (resolv.conf(5)), and what has to be put back. Throws what the file system throws. */
export function planResolverFile(path: string, servers: readonly Ipv4Address[]): ResolverFileChange {
  const isLink = lstatSync(path).isSymbolicLink();
  const written = [
    "# From the 4over6 client; what was here comes back when it ends.",
    ...servers.map((each) => `nameserver ${each}`),
    "",
  ].join("\n");
  const before = isLink ? { linkTo: readlinkSync(path) } : { text: readFileSync(path, "utf8") };
  return { kind: "resolver-file", path, before, written };
}

/**
 * A link is replaced, never written through: what it leads to belongs to another program. A file is written in place, since containers
 * mount it, and it cannot be replaced there. Throws what the file system throws; then the file is as it was, if that can be had.
 */
export function writeResolverFile({ path, before, written }: ResolverFileChange): void {
  if ("linkTo" in before) return replace(path, (draft) => writeFileSync(draft, written));
  try {
    writeFileSync(path, written);
  } catch (error) {
    // A full disk may have taken a part of it.
    if (readText(path) !== before.text) writeFileSync(path, before.text);
    throw error;
  }
}

/** Puts back what was there, unless somebody else has changed it since: then it is theirs. */
export function restoreResolverFile({ path, before, written }: ResolverFileChange): void {
  if (readText(path) !== written || lstatSync(path).isSymbolicLink()) return;
  if ("text" in before) writeFileSync(path, before.text);
  else replace(path, (draft) => symlinkSync(before.linkTo, draft));
}

/** At no moment is there no file. */
function replace(path: string, make: (draft: string) => void): void {
  const draft = `${path}.4over6-${process.pid}`;
  make(draft);
  renameSync(draft, path);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
