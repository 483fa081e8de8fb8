import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { TakenFile } from "#checks/grader/model/submission.ts";
import { labFolders } from "#launch/implementation.mjs";

/** Where gzip's header says which operating system packed it, and the word for "unknown" (RFC 1952). */
const operatingSystem = { offset: 9, unknown: 255 };

/** An archive (.tar.gz) with exactly these files. The same files make the same bytes, whoever packs them, and whenever. */
export async function packFiles(files: readonly TakenFile[]): Promise<Uint8Array> {
  const tar = pack();
  const named = files.map(({ lab, path, content }) => ({ name: `${labFolders[lab]}/${path}`, content: Buffer.from(content) }));
  for (const { name, content } of named.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    tar.entry({ name, size: content.length, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, content);
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<unknown>) chunks.push(chunk as Uint8Array);
  const archive = gzipSync(Buffer.concat(chunks), { level: 9 });
  archive[operatingSystem.offset] = operatingSystem.unknown;
  return archive;
}
