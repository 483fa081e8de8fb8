import { closeSync, openSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { userFolder } from "#launch/root.mjs";
import { fileTrouble } from "./file-trouble.ts";
import { UsageError } from "./usage-error.ts";

/**
 * A file that the user named behind an option, for what comes out in the end. Whether it can be written is tried at once: nobody is to
 * learn after minutes of work that its results have no place.
 *
 * @param folder where relative names begin; where the user stands, when nothing is said
 * @returns writes the file
 * @throws {UsageError} when it cannot be written, now or in the end
 */
export function namedFile(option: string, name: string, folder = userFolder): (text: string) => void {
  const path = resolve(folder, name);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw new UsageError(`${option} ${name} cannot be written: ${fileTrouble(error)}.`);
    }
  };
  // Appending nothing leaves what is there as it is.
  attempt(() => closeSync(openSync(path, "a")));
  return (text) => attempt(() => writeFileSync(path, text));
}
