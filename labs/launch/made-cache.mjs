import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

/**
 * A file that was made of others (a bundle of a program's, what the type checker said of a lab's), and what of: each input with its size and
 * time of change.
 *
 * @typedef {{ readonly file: string, readonly inputs: Readonly<Record<string, string>> }} Recipe
 */

const cache = join(root, ".kit", "cache");
const kept = 48;

/** A file used so lately, in milliseconds, may be a bundle of a program that runs: it starts threads from it. */
const recent = 3_600_000;

/** File systems tell the time in steps, in milliseconds. */
const clockGrain = 20;

/**
 * A file that was made before from the same inputs, none of which has changed since.
 *
 * @param {string} key what the file is for: entry and options
 * @returns {Recipe | undefined}
 */
export function findMade(key) {
  try {
    /** @type {Recipe} */
    const recipe = JSON.parse(readFileSync(recipeFile(key), "utf8"));
    const current = Object.entries(recipe.inputs).every(([path, stamp]) => stampOf(path) === stamp);
    if (!current || !statSync(recipe.file).isFile()) return undefined;
    touch(recipe.file);
    touch(recipeFile(key));
    return recipe;
  } catch {
    return undefined;
  }
}

/**
 * Keeps what was made, in a file named by its content, for the next time.
 *
 * @param {string} key
 * @param {`${string}.${string}`} name of the file; the hash of its content goes before the first dot
 * @param {Uint8Array | string} contents
 * @param {readonly string[]} inputs absolute paths; a folder changes when a file in it comes or goes
 * @param {number} begun when the first of them may have been read, in milliseconds since 1970
 * @returns {Recipe}
 */
export function keepMade(key, name, contents, inputs, begun) {
  makeCache();
  const file = join(cache, name.replace(".", `-${hash(contents)}.`));
  const recipe = { file, inputs: Object.fromEntries(inputs.map((path) => [path, stampOf(path)])) };
  replace(file, contents);
  // An input that was saved meanwhile may have been read before: then this is good for now, and not for the next time.
  const settled = inputs.every((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? begun) < begun - clockGrain);
  if (settled) replace(recipeFile(key), JSON.stringify(recipe));
  forgetOld();
  return recipe;
}

/** Throws an error with one sentence for the user where nothing can be written. */
function makeCache() {
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
  } catch (error) {
    const message = `${cache} cannot be written, and the kit keeps its bundles there; give yourself the right to write it, or copy the kit to a folder of yours.`;
    throw Object.assign(new Error(message, { cause: error }), { name: "UsageError" });
  }
}

/** Its time of change is the time of its last use. A cache that only another user may write is still read. @param {string} file */
function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // It is found, and that is what counts.
  }
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

/** Files of the cache that were not used for longest go. */
function forgetOld() {
  const byAge = readdirSync(cache)
    .map((name) => ({ name, used: statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.used - a.used);
  const oldest = Date.now() - recent;
  for (const { name, used } of byAge.slice(kept)) if (used < oldest) rmSync(join(cache, name), { force: true });
}
