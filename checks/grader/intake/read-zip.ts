import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from "yauzl";
import { ArchiveReader } from "./archive-reader.ts";
import { bounds } from "./bounds.ts";
import { type FoundEntry, mayBeTaken } from "./found-entry.ts";
import { createHolder, type Holder } from "./hold-content.ts";
import { UnreadableSubmission } from "./unreadable-submission.ts";

/**
 * What a zip archive holds. Only files that may be a lab's are unpacked, so a bomb beside them does not go off.
 *
 * @throws {UnreadableSubmission} when it is no zip archive, is damaged, or holds too much
 */
export async function readZip(file: FileHandle, size: number, signal: AbortSignal): Promise<readonly FoundEntry[]> {
  const reader = new ArchiveReader(file, size);
  const zip = await fromRandomAccessReaderPromise(reader, size, { decodeStrings: false, autoClose: false }).catch((error: unknown) => {
    throw new UnreadableSubmission(`is no zip archive that can be read (${error instanceof Error ? error.message : String(error)})`);
  });
  const holder = createHolder();
  const found: FoundEntry[] = [];
  if (zip.entryCount > bounds.entries) throw new UnreadableSubmission(`holds more than ${bounds.entries} entries`);
  try {
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted();
      found.push(await readEntry(zip, entry, holder));
    }
  } catch (error) {
    if (error instanceof UnreadableSubmission || signal.aborted) throw error;
    throw new UnreadableSubmission(`is a damaged zip archive (${error instanceof Error ? error.message : String(error)})`);
  }
  return found;
}

const decoder = new TextDecoder("utf-8");

async function readEntry(zip: ZipFile, entry: Entry, holder: Holder): Promise<FoundEntry> {
  // Lab files have ASCII names, which are the same in all of zip's encodings. Some programs of Windows write backslashes for slashes.
  const path = decoder.decode(entry.fileNameRaw).replaceAll("\\", "/");
  if (path.endsWith("/")) return { kind: "folder", path };
  const why = specialKind(entry) ?? (entry.isEncrypted() ? "is encrypted" : undefined);
  if (why !== undefined) return { kind: "other", path, why };
  const size = entry.uncompressedSize;
  if (!mayBeTaken(path, size)) return { kind: "file", path, size };
  if (!entry.canDecodeFileData()) return { kind: "other", path, why: "is packed in a way that few programs know" };
  const content = await holder.read(await zip.openReadStreamPromise(entry), size);
  return crc32(content) === entry.crc32
    ? { kind: "file", path, size, content }
    : { kind: "other", path, why: "is damaged: its checksum is wrong" };
}

/** The type of file that Unix programs keep in the upper half of the attributes (S_IFMT). */
function specialKind({ externalFileAttributes, versionMadeBy }: Entry): string | undefined {
  const type = (externalFileAttributes >>> 28) & 0xf;
  const byUnix = [3, 19].includes(versionMadeBy >>> 8);
  if (!byUnix || type === 0 || type === 8) return undefined;
  return type === 0xa ? "is a link" : "is no regular file";
}
