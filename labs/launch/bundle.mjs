import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { importFolders } from "./implementation.mjs";
import { root } from "./root.mjs";

/** @typedef {import("./implementation.mjs").Implementation} Implementation */

const cache = join(root, ".kit", "cache");
const kept = 24;

/**
 * Makes one JavaScript file of a TypeScript program and all that it imports, so that it runs at once on every Node that the kit
 * supports. Packages stay outside. The file is named by its content and kept under `.kit/cache/`.
 *
 * @param {string} entry the program, an absolute path
 * @param {Implementation} implementation which labs `#lab-1/…` to `#lab-5/…` mean
 * @param {{ readonly plugins?: readonly import("esbuild").Plugin[] }} [options]
 * @returns {Promise<{ readonly file: string, readonly inputs: readonly string[] }>} the file to run, and the absolute paths that went into it
 * @throws {import("esbuild").BuildFailure} when a file cannot be parsed or found
 */
export async function bundle(entry, implementation, { plugins = [] } = {}) {
  const result = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    outdir: cache,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "silent",
    plugins: [...plugins, importPlugin(implementation)],
  });
  const contents = /** @type {import("esbuild").OutputFile} */ (result.outputFiles[0]).contents;
  const name = basename(entry).replace(/\.[^.]+$/, "");
  const file = join(cache, `${name}-${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.mjs`);
  keep(file, contents);
  return { file, inputs: Object.keys(result.metafile.inputs).map((path) => join(root, path)) };
}

/** Resolves the `#` imports of every file, wherever it lies, by the one table. @param {Implementation} implementation @returns {import("esbuild").Plugin} */
function importPlugin(implementation) {
  const folders = importFolders(implementation);
  return {
    name: "kit-imports",
    setup(build) {
      build.onResolve({ filter: /^#/ }, ({ path }) => {
        const prefix = Object.keys(folders).find((name) => path.startsWith(name));
        return prefix === undefined ? null : { path: join(/** @type {string} */ (folders[prefix]), path.slice(prefix.length)) };
      });
    },
  };
}

/** Written under another name first: two commands may run at once. @param {string} file @param {Uint8Array} contents */
function keep(file, contents) {
  try {
    const now = new Date();
    utimesSync(file, now, now);
    return;
  } catch {
    // Not there yet.
  }
  mkdirSync(cache, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
  const byAge = readdirSync(cache)
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => ({ name, used: statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.used - a.used);
  for (const { name } of byAge.slice(kept)) rmSync(join(cache, name), { force: true });
}
