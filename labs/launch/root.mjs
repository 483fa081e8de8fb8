import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder: the nearest one above this file, or above the bundle that this file went into, with a package.json. */
export const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("The kit's package.json is missing; clone the kit again.");
    folder = parent;
  }
  return folder;
})();

/** Where the user stood when the command was given: `npm run` changes to the project's folder first. */
export const userFolder = process.env["INIT_CWD"] ?? process.cwd();
