import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Implementation, importFolders, type LabId } from "#launch/implementation.mjs";
import { findMade, keepMade } from "#launch/made-cache.mjs";
import { root } from "#launch/root.mjs";
import { fewGlobals } from "./few-globals.ts";
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
  return faultsIn(await compile(labs.join("-"), folders, implementation), folders);
}

/** How the compiler is kept within bounds when it reads what nobody trusts. */
export type CompilerBounds = {
  /** Where its configuration is written. */
  readonly folder: string;
  /** A command that takes rights away, and then becomes the command that follows. */
  readonly within: readonly string[];
  /** How long it may take by the clock, in milliseconds. */
  readonly clock: number;
  /** Folders from which files may come. The types of any other file would tell what stands in it. */
  readonly open: readonly string[];
  /** Faults that are told. */
  readonly most: number;
};

/** The compiler needed more than it may have, said more than anybody reads, or broke down. */
export class CompilerStopped extends Error {
  override readonly name = "CompilerStopped";
}

/** The code had the compiler read a file that is none of its business. */
export class ReadElsewhere extends Error {
  override readonly name = "ReadElsewhere";
}

/** The same, of code that nobody trusts: nothing of it is kept. @throws {CompilerStopped} @throws {ReadElsewhere} */
export async function findTypeFaultsWithin(
  bounds: CompilerBounds,
  labs: readonly LabId[],
  implementation: Implementation,
): Promise<readonly TypeFault[]> {
  const folders = labs.map((lab) => implementation[lab]);
  const config = join(bounds.folder, "tsconfig.json");
  writeFileSync(config, JSON.stringify(configOf(folders, implementation).json));
  const { file, args } = await compilerProgram();
  const [command = file, ...rest]: readonly string[] = [...bounds.within, file, ...args];
  const output = linesOf(await runCompiler({ file: command, args: rest }, config, { timeout: bounds.clock, env: fewCollections }));
  const read = output.filter(isPath).map((path) => resolve(path));
  if (read.some((path) => !bounds.open.some((folder) => isInside(folder, path)))) throw new ReadElsewhere("It reads other files.");
  return faultsIn(output, folders, bounds.most);
}

/**
 * What the compiler says of these folders. What is right with a few globals is right with all of them; only what is not is looked at
 * with all of Node's types.
 */
async function compile(name: string, folders: readonly string[], implementation: Implementation): Promise<readonly string[]> {
  const config = configOf(folders, implementation);
  const quick = await compileBy(withFewGlobals(config), `${name}-quick`);
  return quick.some((line) => line.includes("error TS")) ? compileBy(config, name) : quick;
}

/** What the compiler says by this configuration. It is asked again only when something has changed that it read. */
async function compileBy(config: Config, name: string): Promise<readonly string[]> {
  const program = await compilerProgram();
  const key = JSON.stringify(["types", program, config.json]);
  const known = findMade(key);
  if (known !== undefined) return linesOf(readFileSync(known.file, "utf8"));
  const begun = Date.now();
  const file = writeConfig(name, config);
  const output = linesOf(await runCompiler(program, file, { env: fewCollections }).finally(() => rmSync(file, { force: true })));
  // Errors first, then the files that were read.
  const read = output.filter((line) => isPath(line) && !isInside(cache, line));
  const said = output.filter((line) => !isPath(line));
  const inputs = [...read.map((path) => resolve(path)), ...config.folders, join(root, "tsconfig.json"), program.file];
  if (read.length > 0) keepMade(key, `types-${name}.txt`, said.join("\n"), inputs, begun);
  return said;
}

function isPath(line: string): boolean {
  return isAbsolute(line) && !line.includes("): error TS");
}

function linesOf(output: string): readonly string[] {
  return output.split(/\r?\n/);
}

/** Outside of the project no package.json says that a file is a module; the bundler does not ask for one either. */
const elsewhere = { module: "esnext", moduleResolution: "bundler" };

type Config = {
  /** What is looked at. */
  readonly folders: readonly string[];
  /** As in tsconfig.json. */
  readonly json: { readonly compilerOptions: object; readonly include: readonly string[] };
};

/** A configuration that extends the project's own: the same rules, other labs. */
function configOf(folders: readonly string[], implementation: Implementation): Config {
  const paths = Object.fromEntries(
    Object.entries(importFolders(implementation)).map(([prefix, folder]) => [`${prefix}*`, [`${folder}/*`]]),
  );
  const json = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      paths,
      typeRoots: [join(root, "node_modules", "@types")],
      ...(folders.every((folder) => isInside(root, folder)) ? {} : elsewhere),
    },
    include: folders.map((folder) => `${folder}/*.ts`),
    exclude: [],
  };
  return { folders, json };
}

function withFewGlobals({ folders, json }: Config): Config {
  const { file: globals } = findMade(fewGlobals) ?? keepMade(fewGlobals, "few-globals.d.ts", fewGlobals, [], Date.now());
  return { folders, json: { ...json, compilerOptions: { ...json.compilerOptions, types: [] }, include: [...json.include, globals] } };
}

function writeConfig(name: string, { json }: Config): string {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `tsconfig-${name}-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(json));
  return file;
}

/** The compiler is a Go program that lives for a moment: collecting its garbage is a third of its work. Not before it has this much. */
const fewCollections = { GOGC: "off", GOMEMLIMIT: "512MiB" };

function runCompiler({ file, args }: CompilerProgram, config: string, { timeout = 0, env = {} } = {}): Promise<string> {
  return new Promise((done, fail) => {
    execFile(
      file,
      [...args, "--project", config, "--pretty", "false", "--singleThreaded", "--listFiles"],
      { cwd: root, env: { ...process.env, ...env }, maxBuffer: 16 << 20, timeout, killSignal: "SIGKILL" },
      (error, stdout, stderr) => {
        const saysTooMuch = (error as NodeJS.ErrnoException | null)?.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER";
        if (error !== null && (saysTooMuch || typeof error.signal === "string" || /^(fatal error|runtime: |panic: )/m.test(stderr)))
          fail(new CompilerStopped(`The type checker was stopped: ${error.message}`));
        // It exits with 1 or 2 when it found errors; anything else is that it could not run.
        else if (error !== null && typeof error.code !== "number") fail(new Error(`The type checker could not be run: ${error.message}`));
        else done(stdout + stderr);
      },
    );
  });
}

type CompilerProgram = { readonly file: string; readonly args: readonly string[] };

/** The native compiler itself: the package's own script would start one more Node to find it. */
async function compilerProgram(): Promise<CompilerProgram> {
  const home = dirname(createRequire(join(root, "package.json")).resolve("typescript/package.json"));
  try {
    const locate: { default: () => string } = await import(pathToFileURL(join(home, "lib", "getExePath.js")).href);
    return { file: locate.default(), args: [] };
  } catch {
    return { file: process.execPath, args: [join(home, "bin", "tsc")] };
  }
}

/** What the compiler says of files that lie directly in these folders, and no more than `most` of it. */
function faultsIn(output: readonly string[], folders: readonly string[], most = Number.POSITIVE_INFINITY): readonly TypeFault[] {
  const known = new Map<string, readonly string[]>();
  const faults: TypeFault[] = [];
  for (const [index, said] of output.entries()) {
    const found = parseFault(said);
    if (found === undefined || !folders.some((folder) => dirname(found.file) === resolve(folder))) continue;
    const { file, line, message, ...rest } = found;
    // A file may have a fault in each of its lines: it is read once.
    const lines = known.get(file) ?? readFileSync(file, "utf8").split("\n");
    known.set(file, lines);
    const why = reasons(output, index + 1);
    faults.push({ file: shownPath(file), line, ...rest, message: [message, ...why].join(" "), source: lines[line - 1] ?? "" });
    if (faults.length === most) break;
  }
  return faults;
}

/**
 * Of the indented lines behind an error, each a reason of the one before, those that help: what names a member, and the last. The others say
 * of ever smaller parts of a type that they do not fit.
 */
function reasons(output: readonly string[], from: number): readonly string[] {
  const end = output.findIndex((line, index) => index >= from && !/^\s+\S/.test(line));
  const chain = output.slice(from, end < 0 ? output.length : end).map((line) => line.trim());
  return chain.filter((line, index) => index === chain.length - 1 || !/^Type '.*' is not assignable to type '.*'\.$/.test(line));
}

/** `path(line,column): error TS1234: message` */
function parseFault(said: string): Omit<TypeFault, "source"> | undefined {
  const found = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.+)$/.exec(said.trim());
  if (found === null) return undefined;
  const [, path = "", row = "1", column = "1", code = "", message = ""] = found;
  return { file: resolve(root, path), line: Number(row), column: Number(column), message: inOwnWords[code] ?? message };
}

const withExtension = "An import of a file names it whole, with .ts at the end.";

/** What the compiler says in words that lead a reader of the kit astray: it proposes names in .js. */
const inOwnWords: Readonly<Record<string, string>> = { TS2834: withExtension, TS2835: withExtension };
