import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { userFolder } from "#launch/root.mjs";

const most = 16 << 20;

/** A file of the instructor's, as UTF-8. @param flag the option that names it @throws {UsageError} */
export function readTextFile(flag: string, file: string): string {
  let bytes: Uint8Array;
  try {
    const path = resolve(userFolder, file);
    const { size } = statSync(path);
    if (size > most) throw new UsageError(`${flag} ${file} cannot be read: it is larger than 16 MiB.`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${flag} ${file} cannot be read: ${fileTrouble(error)}.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`${flag} ${file} is not UTF-8; save it as "CSV UTF-8".`);
  }
}
