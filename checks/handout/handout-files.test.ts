import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLinkChecker } from "#checks/kit/links/broken-links.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { manifestName, parseManifest } from "#checks/upgrade/manifest.ts";
import { hasReference, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { findLeaks } from "./find-leaks.ts";
import { handoutFiles } from "./handout-files.ts";

const files = hasReference ? handoutFiles([]) : new Map<string, Uint8Array>();
const paths = [...files.keys()];
const read = (path: string) => Buffer.from(files.get(path) ?? []).toString("utf8");

describe.skipIf(!hasReference)("a hand-out", () => {
  it("has the labs at their start, twice: to work in, and to go back to", () => {
    for (const id of labIds) {
      const skeleton = skeletonOf(id);
      expect(skeleton.length).toBeGreaterThan(0);
      for (const folder of ["labs", "checks/skeletons"])
        expect(paths.filter((path) => path.startsWith(`${folder}/${labFolders[id]}/`)).toSorted()).toEqual(
          skeleton.map(({ name }) => `${folder}/${labFolders[id]}/${name}`).toSorted(),
        );
      for (const { name, text } of skeleton) expect(read(`labs/${labFolders[id]}/${name}`)).toBe(text);
    }
  });

  it("has nothing that is for instructors, and no test of the kit", () => {
    const theirs =
      /^reference\/|^checks\/(?:misconceptions\/variants|kit|bench|handout|grader\/(?!intake|model))|\.test\.ts$|hidden|instructor|(?<!up|checks\/)grader?[-/.]/;
    expect(paths.filter((path) => theirs.test(path))).toEqual([]);
    expect(
      paths.filter((path) => /\.(?:ts|mjs|md|json|yml|sh)$/.test(path) && /^\s*(?:\/\/ BEGIN SOLUTION|<!-- KIT ONLY)/m.test(read(path))),
    ).toEqual([]);
  });

  it("gives away no line of a solution", () => {
    expect(findLeaks(files, [])).toEqual([]);
  });

  it("has the solutions that are asked for, and no line of another one", () => {
    const more = handoutFiles(["lab-1"]);
    expect([...more.keys()].filter((path) => path.startsWith("reference/")).toSorted()).toEqual(
      skeletonOf("lab-1").map(({ name }) => `reference/lab-1-codec/${name}`),
    );
    expect(findLeaks(more, ["lab-1"])).toEqual([]);
    expect(findLeaks(more, []).length).toBeGreaterThan(20);
    // All else is the same: that is what a second run writes, too.
    const common = paths.filter((path) => path !== manifestName);
    expect(common.filter((path) => Buffer.compare(files.get(path) ?? Buffer.of(), more.get(path) ?? Buffer.of()) !== 0)).toEqual([]);
  });

  it("names in its documents only commands that it has, and links that lead somewhere", () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
    const checker = createLinkChecker({ paths: new Set(paths), read });
    const pages = paths.filter((path) => path.endsWith(".md"));
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) {
      const commands = [...read(page).matchAll(/\bnpm (?:run (?:-s )?(\w+)|(test|start)\b)/g)].map(([, run, short]) => run ?? short ?? "");
      expect({ page, unknown: commands.filter((name) => !(name in scripts)), faults: checker.check(page) }).toEqual({
        page,
        unknown: [],
        faults: [],
      });
    }
  });

  it("has what the editor is told, and the commands of its tasks", () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
    const { tasks }: { tasks: readonly { args: readonly [run: string, script: string] }[] } = JSON.parse(read(".vscode/tasks.json"));
    expect(tasks.map(({ args }) => args[1]).filter((name) => scripts[name] === undefined)).toEqual([]);
    const { configurations }: { configurations: readonly { args: readonly [program: string] }[] } = JSON.parse(read(".vscode/launch.json"));
    expect(configurations.map(({ args }) => args[0]).filter((path) => !files.has(path))).toEqual([]);
    expect(paths).toContain("checks/harness/run/run-here.ts");
  });

  it("has a lock file that fits, and names no computer", () => {
    const lock: { packages: Record<string, { dependencies?: object; resolved?: string; integrity?: string; link?: boolean }> } = JSON.parse(
      read("package-lock.json"),
    );
    const { dependencies }: { dependencies: object } = JSON.parse(read("package.json"));
    expect(lock.packages[""]?.dependencies).toEqual(dependencies);
    const kit: typeof lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
    for (const [path, entry] of Object.entries(lock.packages)) {
      if (path === "") continue;
      expect([path, entry.integrity]).toEqual([path, kit.packages[path]?.integrity]);
      expect(entry.resolved).toBeUndefined();
    }
    expect(Object.keys(lock.packages).some((path) => /stryker|biome|oxlint|knip|playwright|ajv/.test(path))).toBe(false);
  });

  it("says of every file what it was", () => {
    const manifest = parseManifest(read(manifestName));
    if (typeof manifest === "string") throw new Error(manifest);
    expect(Object.keys(manifest.files)).toEqual(paths.filter((path) => path !== manifestName));
    for (const [path, hash] of Object.entries(manifest.files))
      expect([
        path,
        createHash("sha256")
          .update(files.get(path) ?? "")
          .digest("hex"),
      ]).toEqual([path, hash]);
  });

  it("takes only files that are there", () => {
    expect(
      paths.filter((path) => path.startsWith("checks/") && !path.startsWith("checks/skeletons/") && !existsSync(join(root, path))),
    ).toEqual([]);
  });
});
