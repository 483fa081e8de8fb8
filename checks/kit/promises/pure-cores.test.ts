import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { hasReference, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/** What would let a lab see a clock, set a timer, open a socket or read a file. */
const worldly =
  /(?<![.\w$])(Date|performance|setTimeout|setInterval|setImmediate|queueMicrotask|process|fetch|WebSocket|require|globalThis|global|console|eval|Function|Math\.random|crypto)(?![\w$])/g;

/** Names of the outside world in code: comments and texts are taken out first. */
async function worldlyNames(source: string): Promise<readonly string[]> {
  const { code } = await transform(source, { loader: "ts", minifyWhitespace: true, legalComments: "none" });
  const bare = code.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  return [...bare.matchAll(worldly)].map(([name]) => name);
}

/** What a file imports that is neither the contract, the kit, an earlier lab nor its neighbour. */
async function foreignImports(file: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    plugins: [
      {
        name: "stay",
        setup: (b) => b.onResolve({ filter: /.*/ }, ({ path, kind }) => (kind === "entry-point" ? null : { path, external: true })),
      },
    ],
  });
  return Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports.map(({ path }) => path))
    .filter((path) => !/^(#contract\/|#kit\/|#lab-\d\/|\.\/[\w-]+\.ts$)/.test(path));
}

describe.skipIf(!hasReference)("a lab's code", () => {
  const files = labIds.flatMap((lab) => readdirSync(join(root, "reference", labFolders[lab])).map((name) => `${labFolders[lab]}/${name}`));

  it("is looked at in every lab", () => {
    expect(files.length).toBeGreaterThanOrEqual(7);
  });

  it.each(files)("%s touches no clock, timer, socket or file", async (file) => {
    const path = join(root, "reference", file);
    expect(await worldlyNames(readFileSync(path, "utf8"))).toEqual([]);
    expect(await foreignImports(path)).toEqual([]);
  });

  it("would be caught if it did", async () => {
    expect(await worldlyNames("const now = () => Date.now(); setTimeout(now, 1); // performance\nconst text = 'process';")).toEqual([
      "Date",
      "setTimeout",
    ]);
    expect(await worldlyNames("const { update } = session; session.process(update.Date);")).toEqual([]);
  });
});
