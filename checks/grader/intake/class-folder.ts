import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { labFolders } from "#launch/implementation.mjs";
import { archiveKind } from "./submission-source.ts";

/** Whether the folder is no submission, but seems to hold several of them: archives, or folders with labs in them. */
export function looksLikeClass(folder: string): boolean {
  if (!lstatSync(folder).isDirectory() || holdsLabs(folder)) return false;
  const names = readdirSync(folder).slice(0, 1000);
  return names.filter((name) => archiveKind(name) !== undefined || holdsLabs(join(folder, name))).length > 1;
}

function holdsLabs(folder: string): boolean {
  return Object.values(labFolders).some((lab) => existsSync(join(folder, lab)) || existsSync(join(folder, "labs", lab)));
}
