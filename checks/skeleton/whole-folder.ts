import { existsSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolders } from "./make-folders.ts";

/**
 * Fills a folder that is not there yet, or empty. It is filled beside its place first, and appears whole or not at all.
 *
 * @param fill is given the path of the folder to write into
 * @throws whatever `fill` throws, and errors of the operating system; nothing is left behind then
 */
export async function writeWholeFolder(folder: string, fill: (draft: string) => void | Promise<void>): Promise<void> {
  const draft = join(dirname(folder), `.${basename(folder)}.${process.pid}.draft`);
  try {
    makeFolders(draft);
    await fill(draft);
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}
