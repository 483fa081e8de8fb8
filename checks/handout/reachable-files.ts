import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

/** What a program needs: files of the project, as paths from its root, and packages. */
export type Reachable = { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> };

/** `from "…"`, `import "…"`, `import("…")`, and the same in JSDoc. Types count: the hand-out is type-checked. */
const imported = /\b(?:from|import)\s*\(?\s*"([#.\w@][\w@./#+-]*)"/g;
/** Programs that are bundled when they are needed: `new URL("x.program.ts", import.meta.url)`, `"checks/…/x.program.ts"`. */
const besides = /new URL\("([^"\n]+)", import\.meta\.url\)/g;
const named = /"((?:checks|fixtures)\/[\w./-]+\.(?:ts|mjs))"/g;

/**
 * The files that these entries import, directly or not, and the entries themselves.
 *
 * @param root the project
 * @param entries paths from the root, with `/`
 * @param folders what the `#` imports mean, as prefix and path from the root
 * @throws {Error} when an import leads nowhere
 */
export function reachableFrom(root: string, entries: readonly string[], folders: Readonly<Record<string, string>>): Reachable {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    if (!existsSync(join(root, file))) throw new Error(`${file} is imported, and is not there.`);
    files.add(file);
    if (!/\.(?:ts|mjs)$/.test(file)) continue;
    const source = readFileSync(join(root, file), "utf8");
    // What the compiler is told of packages without types: nobody imports it.
    for (const name of readdirSync(join(root, dirname(file)))) if (name.endsWith(".d.ts")) files.add(posix.join(posix.dirname(file), name));
    for (const [, specifier = ""] of source.matchAll(imported)) {
      const path = pathOf(specifier, dirname(file), folders);
      if (path !== undefined) waiting.push(path);
      else if (!specifier.startsWith("node:")) packages.add(packageOf(specifier));
    }
    for (const [, path = ""] of source.matchAll(besides)) {
      const beside = posix.join(posix.dirname(file), path);
      if (/\.\w+$/.test(beside)) waiting.push(beside);
    }
    for (const [, path = ""] of source.matchAll(named)) waiting.push(path);
  }
  return { files, packages };
}

function pathOf(specifier: string, folder: string, folders: Readonly<Record<string, string>>): string | undefined {
  if (specifier.startsWith(".")) return posix.join(folder.replaceAll("\\", "/"), specifier);
  const prefix = Object.keys(folders).find((name) => specifier.startsWith(name));
  return prefix === undefined ? undefined : posix.join(folders[prefix] ?? "", specifier.slice(prefix.length));
}

/** `@scope/name/sub/path` is the package `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
