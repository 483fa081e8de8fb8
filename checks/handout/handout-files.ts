import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { makeManifest, manifestName, manifestText } from "#checks/upgrade/manifest.ts";
import { pristineOf } from "#checks/upgrade/plan.ts";
import { implementationFrom, importFolders, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { reachableFrom } from "./reachable-files.ts";
import { startedByName, studentCommands } from "./student-commands.ts";
import { studentLock, studentPackage } from "./student-package.ts";
import { isKitOnly, studentPage, withoutDeadLinks } from "./student-page.ts";

/** The files of a hand-out: path from its root, with `/`, and content. In the order of their names. */
export type HandoutFiles = ReadonlyMap<string, Uint8Array>;

/** Files that are handed out as they are. */
const asTheyAre = [
  ".editorconfig",
  ".gitattributes",
  ".gitignore",
  ".npmrc",
  ".vscode/extensions.json",
  ".vscode/launch.json",
  ".vscode/settings.json",
  ".vscode/tasks.json",
  "LICENSE",
  "tsconfig.json",
];

/** What a student's own repository has for its continuous integration, and where the kit keeps it. */
const workflows = {
  ".github/workflows/check.yml": "docs/examples/ci/student-github.yml",
  ".gitlab-ci.yml": "docs/examples/ci/student-gitlab.yml",
} as const;

/** What is for instructors: no such file is handed out, whoever imports it. The names of misconceptions are; the bugs themselves are not. */
const neverHandedOut = /^checks\/(?:misconceptions\/variants|kit|bench|handout)\/|\.test\.ts$|^reference\//;

/**
 * Makes the student's kit of the instructor's: the commands and checks, pristine skeletons, documents, and the solutions of those labs
 * only that are named.
 *
 * @param solved labs whose solution is handed out with it
 * @throws {Error} when something that is not for students would be in it
 */
export function handoutFiles(solved: readonly LabId[]): HandoutFiles {
  const files = new Map<string, Uint8Array>();
  const add = (path: string, content: string | Uint8Array) => files.set(path, typeof content === "string" ? Buffer.from(content) : content);
  const take = (path: string) => add(path, readFileSync(join(root, path)));

  const code = codeOfCommands();
  const needless = [...code.files].filter((path) => neverHandedOut.test(path));
  if (needless.length > 0) throw new Error(`A student's command imports what is not for students: ${needless.join(", ")}.`);
  const lab = /^labs\/lab-\d-/;
  for (const path of [...code.files, ...filesBelow("labs"), ...filesBelow("fixtures"), ...filesBelow("docs")])
    if (!lab.test(path) && !isForInstructors(path)) take(path);
  for (const path of asTheyAre) take(path);
  for (const [path, source] of Object.entries(workflows)) add(path, readFileSync(join(root, source)));

  for (const id of labIds) {
    for (const { name, text } of skeletonOf(id))
      for (const folder of ["labs", "checks/skeletons"]) add(`${folder}/${labFolders[id]}/${name}`, text);
    if (solved.includes(id)) for (const path of filesBelow(`reference/${labFolders[id]}`)) take(path);
  }

  take("README.md");
  for (const [path, content] of files) {
    if (!path.endsWith(".md")) continue;
    const page = Buffer.from(content).toString("utf8");
    if (isKitOnly(page)) files.delete(path);
    else add(path, studentPage(page, path));
  }
  const paths = [...files.keys()];
  const isThere = (path: string) => path === "." || files.has(path) || paths.some((each) => each.startsWith(`${path}/`));
  for (const [path, content] of files)
    if (path.endsWith(".md")) add(path, withoutDeadLinks(Buffer.from(content).toString("utf8"), path, isThere));

  const packageText = studentPackage(read("package.json"), code.packages);
  add("package.json", packageText);
  add("package-lock.json", studentLock(packageText, read("package-lock.json"), read(".npmrc")));
  // What a student may want to change is kept as it was, for a later upgrade.
  for (const path of ["package.json", ".gitignore", ...Object.keys(workflows)]) add(pristineOf(path), files.get(path) ?? "");

  const { name, version }: { name: string; version: string } = JSON.parse(packageText);
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map([...sorted, [manifestName, Buffer.from(manifestText(makeManifest(name, version, new Map(sorted))))]]);
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** All that the students' commands need, and nothing else of `checks/`. */
function codeOfCommands(): ReturnType<typeof reachableFrom> {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
  const programs = studentCommands.flatMap((name) => scripts[name]?.match(/\S+\.ts$/) ?? []);
  const folders = Object.fromEntries(
    Object.entries(importFolders(implementationFrom("labs"))).map(([prefix, folder]) => [
      prefix,
      posix.relative(slashes(root), slashes(folder)),
    ]),
  );
  const labs = filesBelow("labs").filter((path) => /\.(?:ts|mjs)$/.test(path));
  return reachableFrom(root, [...programs, ...startedByName, ...labs], folders);
}

/** Pages and examples for those who run a course, and what the grader's formats are tested against. */
function isForInstructors(path: string): boolean {
  return /^docs\/examples\/(?:ci|course|gradescope|grading)\/|^fixtures\/schemas\//.test(path);
}

/** Every file below a folder of the project, hidden ones and students' experiments left out. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.name.startsWith(".") || entry.name === "scratch" || entry.name === "node_modules") return [];
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}
