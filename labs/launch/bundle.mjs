import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { importFolders } from "./implementation.mjs";
import { findMade, keepMade } from "./made-cache.mjs";
import { plainBuilder } from "./rebuild.mjs";
import { root } from "./root.mjs";

/** @typedef {import("./implementation.mjs").Implementation} Implementation */

/**
 * Makes one JavaScript file of a TypeScript program and all that it imports, so that it runs at once on every Node that the kit
 * supports. Packages stay outside. Bundles are kept under `.kit/cache/` and used again while none of their inputs changes.
 *
 * @param {string} entry the program, an absolute path
 * @param {Implementation} implementation which labs `#lab-1/…` to `#lab-5/…` mean
 * @param {{ readonly plugins?: readonly import("esbuild").Plugin[], readonly builder?: import("./rebuild.mjs").Builder, readonly fresh?: boolean }} [options]
 *   plugins make a bundle that is not used again; they are the same ones at each call with the same
 *   `builder`; a fresh one is made even if there is one
 * @returns {Promise<{ readonly file: string, readonly inputs: readonly string[] }>} the file to run, and the absolute paths that went into it
 * @throws {import("esbuild").BuildFailure} when a file cannot be parsed or found
 */
export async function bundle(entry, implementation, { plugins = [], builder = plainBuilder, fresh = false } = {}) {
  const key = JSON.stringify([entry, implementation, plugins.length > 0 ? process.pid : 0]);
  const known = fresh || plugins.length > 0 || builder.knows(key) ? undefined : findMade(key);
  if (known !== undefined) return { file: known.file, inputs: Object.keys(known.inputs) };
  const begun = Date.now();
  const result = await builder.build(key, {
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    outdir: root,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    // Read by Node when an error is shown, relative to the bundle's place under .kit/cache.
    sourcemap: "inline",
    sourceRoot: `${pathToFileURL(root).href}/`,
    sourcesContent: false,
    logLevel: "silent",
    plugins: [...plugins, importPlugin(implementation)],
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${entry}.`);
  const inputs = Object.keys(result.metafile.inputs).map((path) => join(root, path));
  const name = basename(entry).replace(/\.[^.]+$/, "");
  return { file: keepMade(key, `${name}.mjs`, output.contents, inputs, begun).file, inputs };
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
