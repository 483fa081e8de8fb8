import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where programs of the system lie, on whatever path the grader itself is started with. */
const usual = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** The path of a program that this user may start, or `undefined` when it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder.startsWith("/")), ...usual];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A command that takes rights away, and then becomes the command that follows; nothing where the system has no such program. */
export function limitedBy(...limits: readonly string[]): readonly string[] {
  const prlimit = findProgram("prlimit");
  return prlimit === undefined ? [] : [prlimit, ...limits, "--core=0", "--"];
}
