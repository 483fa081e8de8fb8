import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { bundle } from "#launch/bundle.mjs";
import { hasReference, implementationFrom } from "#launch/implementation.mjs";
import { root, userFolder } from "#launch/root.mjs";

const replaced = "#checks/grader/hidden/hidden-modules.ts";

/**
 * Runs a program of the kit again, with the checks of a folder in it: every file `….check.ts` there, or one folder deeper.
 *
 * @param program its path in the project
 * @throws {UsageError} when there are none, or they cannot be read as TypeScript
 */
export async function runWithHidden(program: string, given: string): Promise<void> {
  const folder = resolve(userFolder, given);
  const files = existsSync(folder) && lstatSync(folder).isDirectory() ? checkFiles(folder) : [];
  if (files.length === 0) throw new UsageError(`--hidden ${given}: there are no files NAME.check.ts in such a folder.`);
  let file: string;
  try {
    ({ file } = await bundle(join(root, program), implementationFrom(hasReference ? "reference" : "labs"), {
      plugins: [plugin(folder, files)],
    }));
  } catch (error) {
    if (!(error instanceof Error && "errors" in error)) throw error;
    throw new UsageError(`--hidden ${given}: ${error.message}`);
  }
  await import(pathToFileURL(file).href);
}

function checkFiles(folder: string): readonly string[] {
  const below = (name: string) => readdirSync(join(folder, name), { withFileTypes: true }).filter((entry) => !entry.name.startsWith("."));
  const folders = below(".").filter((entry) => entry.isDirectory());
  const files = [below("."), ...folders.map(({ name }) => below(name))]
    .flat()
    .filter((entry) => entry.isFile() && entry.name.endsWith(".check.ts"));
  return files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

/** Puts a module that imports these files in the place of the one that has none. */
function plugin(folder: string, files: readonly string[]): Plugin {
  return {
    name: "hidden-checks",
    setup(build) {
      build.onResolve({ filter: /hidden-modules\.ts$/ }, ({ path }) =>
        path === replaced ? { path: replaced, namespace: "hidden-checks" } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: "hidden-checks" }, () => ({
        contents: moduleOf(folder, files),
        loader: "js",
        resolveDir: root,
      }));
    },
  };
}

function moduleOf(folder: string, files: readonly string[]): string {
  const imports = files.map((file, index) => `import * as file${index} from ${JSON.stringify(file)};`);
  const modules = files.map((file, index) => {
    const name = relative(folder, file).replaceAll("\\", "/");
    return `{ name: ${JSON.stringify(name)}, source: ${JSON.stringify(readFileSync(file, "utf8"))}, exports: file${index} }`;
  });
  return `${imports.join("\n")}\nexport const hiddenModules = [${modules.join(",\n")}];\n`;
}
