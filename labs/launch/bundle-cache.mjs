import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

/**
 * What a bundle was made of: each input with its size and time of change.
 *
 * @typedef {{ readonly file: string, readonly inputs: Readonly<Record<string, string>> }} Recipe
 */

const cache = join(root, ".kit", "cache");
const kept = 48;

/**
 * A bundle that was made before from the same inputs, none of which has changed since.
 *
 * @param {string} key what the bundle is for: entry and options
 * @returns {Recipe | undefined}
 */
export function findBundle(key) {
  try {
    /** @type {Recipe} */
    const recipe = JSON.parse(readFileSync(recipeFile(key), "utf8"));
    const current = Object.entries(recipe.inputs).every(([path, stamp]) => stampOf(path) === stamp);
    return current && statSync(recipe.file).isFile() ? recipe : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a bundle, named by its content, for the next time.
 *
 * @param {string} key
 * @param {string} name the beginning of the file's name
 * @param {Uint8Array} contents
 * @param {readonly string[]} inputs absolute paths
 * @returns {Recipe}
 */
export function keepBundle(key, name, contents, inputs) {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `${name}-${hash(contents)}.mjs`);
  const recipe = { file, inputs: Object.fromEntries(inputs.map((path) => [path, stampOf(path)])) };
  replace(file, contents);
  replace(recipeFile(key), JSON.stringify(recipe));
  forgetOld();
  return recipe;
}

/** @param {string} key */
function recipeFile(key) {
  return join(cache, `${hash(key)}.json`);
}

/** @param {string | Uint8Array} contents */
function hash(contents) {
  return createHash("sha256").update(contents).digest("hex").slice(0, 16);
}

/** @param {string} path */
function stampOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "gone" : `${found.size} ${found.mtimeMs}`;
}

/** Two commands may run at once: neither may read what the other has half written. @param {string} file @param {string | Uint8Array} contents */
function replace(file, contents) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

/** Files of the cache that were not written for longest go. */
function forgetOld() {
  const byAge = readdirSync(cache)
    .map((name) => ({ name, written: statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.written - a.written);
  for (const { name } of byAge.slice(kept)) rmSync(join(cache, name), { force: true });
}
