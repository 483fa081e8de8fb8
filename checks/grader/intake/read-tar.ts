import type { FileHandle } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { bounds } from "./bounds.ts";
import { type FoundEntry, mayBeTaken } from "./found-entry.ts";
import { createHolder, type Holder } from "./hold-content.ts";
import { checkTarHeaders } from "./tar-headers.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/**
 * What a tar archive holds.
 *
 * @param packed whether it is packed with gzip
 * @throws {UnreadableSubmission} when it is no tar archive, is damaged, unpacks to too much, or holds too much
 */
export async function readTar(file: FileHandle, size: number, packed: boolean, signal: AbortSignal): Promise<readonly FoundEntry[]> {
  const holder = createHolder();
  const found: FoundEntry[] = [];
  const [unpacked, headers] = [limitUnpacked(size), checkTarHeaders()];
  const tar = extract();
  try {
    const source = file.createReadStream({ autoClose: false });
    await Promise.all([
      packed ? pipeline(source, createGunzip(), unpacked, headers, tar, { signal }) : pipeline(source, unpacked, headers, tar, { signal }),
      readEntries(tar, found, holder),
    ]);
  } catch (error) {
    if (error instanceof UnreadableSubmission || signal.aborted) throw error;
    const kind = packed ? "tar archive packed with gzip" : "tar archive";
    throw new UnreadableSubmission(`is no ${kind} that can be read (${error instanceof Error ? error.message : String(error)})`);
  }
  if (found.length === 0) throw new UnreadableSubmission("is an archive with nothing in it");
  return found;
}

type Entry = AsyncIterable<unknown> & { readonly header: Header; readonly resume: () => unknown };

async function readEntries(tar: AsyncIterable<Entry>, found: FoundEntry[], holder: Holder): Promise<void> {
  for await (const entry of tar) {
    found.push(await readEntry(entry, holder));
    if (found.length > bounds.entries) throw new UnreadableSubmission(`holds more than ${bounds.entries} entries`);
  }
}

const longestName = 1024;

async function readEntry(entry: Entry, holder: Holder): Promise<FoundEntry> {
  const { name: path, type, size } = entry.header;
  if (path.length > longestName) {
    // Of a megabyte of name nothing is kept.
    entry.resume();
    return { kind: "other", path: "(a very long name)", why: `has a path of more than ${longestName} characters` };
  }
  if (type === "file" || type === "contiguous-file") {
    if (mayBeTaken(path, size)) return { kind: "file", path, size, content: await holder.read(entry, size) };
    entry.resume();
    return { kind: "file", path, size };
  }
  entry.resume();
  if (type === "directory") return { kind: "folder", path };
  if (type === "symlink") return { kind: "other", path, why: "is a link" };
  if (type === "link") return { kind: "other", path, why: "is a hard link" };
  return { kind: "other", path, why: "is no regular file" };
}

/** Ends the stream with an error once it is plain that it is a bomb. */
function limitUnpacked(size: number): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      total += chunk.length;
      const bomb = total > bounds.unpacked || (total > bounds.unpackedAlways && total > size * bounds.unpackedTimes);
      if (bomb) done(new UnreadableSubmission(`unpacks to more than ${Math.floor(total / (1 << 20))} MiB`));
      else done(null, chunk);
    },
  });
}
