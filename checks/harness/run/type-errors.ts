import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Implementation, importFolders, type LabId } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { isInside, shownPath } from "./lab-paths.ts";

/** A type error in a lab's own file. */
export type TypeFault = {
  /** Relative to the project where it lies in it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line of the file. */
  readonly source: string;
};

const cache = join(root, ".kit", "cache");

/** Type-checks the files of these labs, against the labs that `implementation` names. Faults elsewhere are not the student's and are left out. */
export async function findTypeFaults(labs: readonly LabId[], implementation: Implementation): Promise<readonly TypeFault[]> {
  const folders = labs.map((lab) => implementation[lab]);
  const config = writeConfig(labs.join("-"), folders, implementation);
  const output = await runCompiler(config).finally(() => rmSync(config, { force: true }));
  return output.split(/\r?\n/).flatMap((line) => parseFault(line, folders));
}

/** Outside of the project no package.json says that a file is a module; the bundler does not ask for one either. */
const elsewhere = { module: "esnext", moduleResolution: "bundler" };

/** A configuration that extends the project's own: the same rules, other labs. */
function writeConfig(name: string, folders: readonly string[], implementation: Implementation): string {
  const paths = Object.fromEntries(
    Object.entries(importFolders(implementation)).map(([prefix, folder]) => [`${prefix}*`, [`${folder}/*`]]),
  );
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      paths,
      typeRoots: [join(root, "node_modules", "@types")],
      ...(folders.every((folder) => isInside(root, folder)) ? {} : elsewhere),
    },
    include: folders.map((folder) => `${folder}/*.ts`),
    exclude: [],
  };
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `tsconfig-${name}-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(config));
  return file;
}

async function runCompiler(config: string): Promise<string> {
  const program = await compilerProgram();
  return new Promise((done, fail) => {
    execFile(
      program.file,
      [...program.args, "--project", config, "--pretty", "false", "--singleThreaded"],
      { cwd: root, maxBuffer: 16 << 20 },
      (error, stdout, stderr) => {
        // It exits with 1 or 2 when it found errors; anything else is that it could not run.
        if (error !== null && typeof error.code !== "number") fail(new Error(`The type checker could not be run: ${error.message}`));
        else done(stdout + stderr);
      },
    );
  });
}

/** The native compiler itself: the package's own script would start one more Node to find it. */
async function compilerProgram(): Promise<{ readonly file: string; readonly args: readonly string[] }> {
  const home = dirname(createRequire(join(root, "package.json")).resolve("typescript/package.json"));
  try {
    const locate: { default: () => string } = await import(pathToFileURL(join(home, "lib", "getExePath.js")).href);
    return { file: locate.default(), args: [] };
  } catch {
    return { file: process.execPath, args: [join(home, "bin", "tsc")] };
  }
}

/** `path(line,column): error TS1234: message` */
function parseFault(line: string, folders: readonly string[]): readonly TypeFault[] {
  const found = /^(.+?)\((\d+),(\d+)\): error TS\d+: (.+)$/.exec(line.trim());
  if (found === null) return [];
  const [, path = "", row = "1", column = "1", message = ""] = found;
  const file = resolve(root, path);
  if (!folders.some((folder) => dirname(file) === resolve(folder))) return [];
  const source = readFileSync(file, "utf8").split("\n")[Number(row) - 1] ?? "";
  return [{ file: shownPath(file), line: Number(row), column: Number(column), message, source }];
}
