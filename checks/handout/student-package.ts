import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { studentCommands, usedByName } from "./student-commands.ts";

type Package = {
  readonly name: string;
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
};

/**
 * The student's package.json: the commands that a student has, and the packages that they need.
 *
 * @param text the kit's own package.json
 * @param imported the packages that the hand-out's files import
 */
export function studentPackage(text: string, imported: ReadonlySet<string>): string {
  const { devDependencies, ...kit }: Package = JSON.parse(text);
  const needed = new Set([...usedByName, ...imported, ...Array.from(imported, (name) => `@types/${name}`)]);
  const dependencies = only({ ...devDependencies, ...kit.dependencies }, needed);
  const strange = [...imported].filter((name) => !(name in dependencies));
  if (strange.length > 0) throw new Error(`The hand-out would import packages that package.json does not name: ${strange.join(", ")}.`);
  return json({
    ...kit,
    scripts: only(kit.scripts, new Set(studentCommands)),
    dependencies,
    ...(kit.allowScripts === undefined ? {} : { allowScripts: only(kit.allowScripts, needed) }),
  });
}

/**
 * The lock file that goes with it: the kit's own without what a student does not need. npm takes it out, and asks nobody: everything
 * that stays is in the kit's lock file.
 *
 * @throws {Error} when npm cannot be run, or would have to ask
 */
export function studentLock(packageText: string, kitLock: string, npmrc: string): string {
  const folder = mkdtempSync(join(tmpdir(), "kit-lock-"));
  try {
    writeFileSync(join(folder, "package.json"), packageText);
    writeFileSync(join(folder, "package-lock.json"), kitLock);
    writeFileSync(join(folder, ".npmrc"), npmrc);
    execFileSync("npm", ["install", "--package-lock-only", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: folder,
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name))),
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    return readFileSync(join(folder, "package-lock.json"), "utf8").replaceAll("\r\n", "\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Those entries whose name is wanted, sorted as npm sorts them. */
function only<T>(entries: Readonly<Record<string, T>>, wanted: ReadonlySet<string>): Readonly<Record<string, T>> {
  const kept = Object.entries(entries).filter(([name]) => wanted.has(name));
  return Object.fromEntries(kept);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
