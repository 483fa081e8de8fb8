import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { SpareUser } from "./spare-users.ts";

/** Where programs lie while they run. */
export type WorkFolder = {
  readonly path: string;
  /** A Node that every user can start. */
  readonly node: string;
  /** Writes a program where only its user can read it, and nobody but the grader can change it. */
  readonly give: (
    program: string,
    user: SpareUser | undefined,
  ) => { readonly path: string; readonly name: string; readonly remove: () => void };
  readonly remove: () => void;
};

export function openWorkFolder(): WorkFolder {
  const place = [realpathSync(tmpdir()), "/tmp", "/var/tmp"].find((folder) => isOpenToAll(folder) && isWritable(folder));
  if (place === undefined) throw new Error("There is no folder for temporary files that all users can reach, such as /tmp.");
  const folder = mkdtempSync(join(place, "kit-grader-"));
  // Others may pass through, and see nothing.
  chmodSync(folder, 0o711);
  let count = 0;
  return {
    path: folder,
    node: openNode(folder),
    give: (program, user) => {
      const path = join(folder, `${count++}`);
      const name = "driver.mjs";
      mkdirSync(path, { mode: 0o700 });
      writeFileSync(join(path, name), program, { mode: 0o400 });
      if (user !== undefined) {
        chownSync(join(path, name), 0, user.id);
        chmodSync(join(path, name), 0o440);
        chownSync(path, 0, user.id);
        chmodSync(path, 0o750);
      }
      return { path, name, remove: () => rmSync(path, { recursive: true, force: true }) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** This very Node, or a copy of it where others may not start it: a Node in root's own folder, most of all. */
function openNode(folder: string): string {
  const node = realpathSync(process.execPath);
  if (process.getuid?.() !== 0 || isOpenToAll(node)) return node;
  const copy = join(folder, "node");
  copyFileSync(node, copy);
  chmodSync(copy, 0o755);
  return copy;
}

/** Whether every user may pass through, or execute, this and all folders above. */
function isOpenToAll(path: string): boolean {
  const open = ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o001) !== 0;
  return open && (dirname(path) === path || isOpenToAll(dirname(path)));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
