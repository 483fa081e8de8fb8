import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lab3Variants } from "#checks/misconceptions/variants/lab-3.variants.ts";
import { pendingPacketsVariants } from "#checks/misconceptions/variants/lab-5-pending-packets.variants.ts";
import { applyEdits, type Variant } from "#checks/misconceptions/variants/variant.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { packFiles } from "./intake/pack-files.ts";
import { type ZipEntry, zipOf } from "./intake/zip-writer.ts";
import type { TakenFile } from "./model/submission.ts";

/** An archive under checks/grader/examples/: what an instructor tries the grader with. */
export type ExampleArchive = {
  readonly name: string;
  /** What a grader is to take from it. */
  readonly files: readonly TakenFile[];
  readonly pack: () => Promise<Uint8Array>;
};

export const examplesFolder = join(root, "checks", "grader", "examples");

/** All examples that are made from the reference. Another one, half-done/, is a folder of a few lines that somebody wrote. */
export function exampleArchives(): readonly ExampleArchive[] {
  const finished = solvedFiles();
  const notStarted = labIds.flatMap((lab) =>
    skeletonOf(lab).map(({ name, text }): TakenFile => ({ lab, path: name, content: Buffer.from(text) })),
  );
  const misconception = [...lab3Variants, ...pendingPacketsVariants]
    .filter(({ name }) => ["dead-too-early", "queue-outlives-request"].includes(name))
    .reduce(spoil, finished);
  const hostile: readonly TakenFile[] = [{ lab: "lab-3", path: "heartbeat.ts", content: Buffer.from(hostileHeartbeat) }];
  return [
    // As a web site packs a repository: a folder around everything.
    {
      name: "finished.zip",
      files: finished,
      pack: async () =>
        zipOf(finished.map(({ lab, path, content }) => ({ name: `finished-main/labs/${labFolders[lab]}/${path}`, content }))),
    },
    { name: "misconception.tar.gz", files: misconception, pack: () => packFiles(misconception) },
    { name: "not-started.tar.gz", files: notStarted, pack: () => packFiles(notStarted) },
    { name: "hostile.zip", files: hostile, pack: async () => zipOf(hostileEntries) },
  ];
}

function solvedFiles(): readonly TakenFile[] {
  return labIds.flatMap((lab) => {
    const folder = join(root, "reference", labFolders[lab]);
    return readdirSync(folder)
      .toSorted()
      .map((path): TakenFile => ({ lab, path, content: readFileSync(join(folder, path)) }));
  });
}

function spoil(files: readonly TakenFile[], { lab, file, edits }: Variant): readonly TakenFile[] {
  return files.map((each) =>
    each.lab === lab && each.path === file
      ? { ...each, content: Buffer.from(applyEdits(Buffer.from(each.content).toString("utf8"), edits)) }
      : each,
  );
}

/** Tries what it should not, does no harm where it succeeds, and gets no point for it. */
const hostileHeartbeat = `import { readFileSync } from "node:fs";

Object.is = () => true;
JSON.stringify = () => '{"status":"passed"}';
try {
  console.log(readFileSync("reference/lab-3-heartbeat/heartbeat.ts", "utf8"));
} catch {
  console.log("::error title=grader::everything passed");
}

export const createHeartbeat = () => ({
  heard() {
    process.exit(0);
  },
  tick() {
    return { get length() { return 0; }, asymmetricMatch: () => true };
  },
});
`;

const link = 0o120777;

const hostileEntries: readonly ZipEntry[] = [
  { name: "labs/lab-3-heartbeat/heartbeat.ts", content: hostileHeartbeat },
  { name: "labs/lab-1-codec/message.ts", content: "../../reference/lab-1-codec/message.ts", mode: link },
  { name: "../../reference/lab-1-codec/message.ts", content: "export {};" },
  { name: "/etc/4over6/message.ts", content: "export {};" },
  { name: "labs/lab-2-user-pool/\u001b[2Jpool.ts", content: "export {};" },
  { name: "labs/lab-3-heartbeat/.npmrc", content: "script-shell=/bin/false" },
  { name: "labs/lab-3-heartbeat/zeros.ts", content: Buffer.alloc(8 << 20) },
  { name: "postcss.config.mjs", content: "throw new Error('read');" },
  { name: "package.json", content: '{"scripts":{"test":"exit 0"}}' },
];
