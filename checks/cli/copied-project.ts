import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

/** What a command came to. */
export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A copy of the project whose labs are at the start, for tests of commands that write. */
export type CopiedProject = {
  readonly folder: string;
  /** Runs one of the commands below checks/cli/ as npm would, from this folder. */
  readonly run: (command: string, args?: readonly string[], environment?: Readonly<Record<string, string>>) => Promise<Ran>;
  /** Runs npm itself. */
  readonly npm: (args: readonly string[]) => Promise<Ran>;
  readonly remove: () => void;
};

const copied = ["package.json", "tsconfig.json", "labs", "reference", "checks", "fixtures", "docs"];

/** @param folder where; a temporary folder of its own when nothing is said */
export function copyProject(folder = mkdtempSync(join(tmpdir(), "kit-project-"))): CopiedProject {
  for (const name of copied) {
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      force: true,
      filter: (path) => !/[/\\](?:out|scratch|node_modules)$/.test(path) && !path.endsWith(".test.ts"),
    });
  }
  for (const lab of labIds) {
    const home = join(folder, "labs", labFolders[lab]);
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
    for (const { name, text } of skeletonOf(lab)) writeFileSync(join(home, name), text);
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return {
    folder,
    run: (command, args = [], environment = {}) =>
      execute(process.execPath, ["labs/launch/run.mjs", `checks/cli/${command}.ts`, ...args], folder, environment),
    npm: (args) => execute("npm", args, folder, {}),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The environment of a user who has set nothing: npm and vitest, which run the tests, have. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(?:npm_|INIT_CWD$|NO_COLOR$|FORCE_COLOR$|COLOR$|KIT_|VITEST|VITE_|NODE_ENV$|NODE_OPTIONS$|TEST$|CI$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/** Runs a program in a folder, as a user who has set nothing would. */
export function execute(
  file: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...plainEnvironment(), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      shell: file === "npm" && process.platform === "win32",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString("utf8")));
    child.on("error", fail);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}
