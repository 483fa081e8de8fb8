import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readMarkdown } from "#checks/harness/markdown-page.ts";
import { registry } from "#checks/harness/registry.ts";
import { labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { createLinkChecker } from "./links/broken-links.ts";

const isRepository = existsSync(join(root, ".git"));

/** Every file that is in the repository, or would be after `git add .` */
function repositoryPaths(): string[] {
  if (!isRepository) return [];
  const options = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", options, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }).split("\0");
  return listed.filter((path) => path !== "" && existsSync(join(root, path)));
}

const paths = repositoryPaths();
const read = (path: string) => readFileSync(join(root, path), "utf8");
const checker = createLinkChecker({ paths: new Set(paths), read });
const pages = paths.filter((path) => path.endsWith(".md"));
/** A lab without checks is not offered yet, and may have no handout. */
const unoffered = labIds.filter((id) => registry[id] === undefined).map((id) => `/${labFolders[id]}/`);
const sources = paths.filter(
  (path) => /^(?:labs|reference)\/.*\.(?:ts|mjs)$|\.check\.ts$/.test(path) && !unoffered.some((folder) => path.includes(folder)),
);

describe.skipIf(!isRepository)("links in documents (needs a Git clone)", () => {
  it("finds the documents, and links in them", () => {
    expect(pages).toEqual(expect.arrayContaining(["docs/protocol.md", "labs/README.md", ".github/CONTRIBUTING.md"]));
    const targets = pages.flatMap((page) => readMarkdown(read(page)).links.map((link) => link.target));
    expect(targets.filter((target) => target.includes(".md")).length).toBeGreaterThan(10);
    expect(targets.filter((target) => target.includes("#")).length).toBeGreaterThan(10);
  });

  it.each(pages)("%s leads somewhere", (page) => {
    expect(checker.check(page)).toEqual([]);
  });

  it("headings that source files name are there", () => {
    const named = new Map<string, string>();
    for (const path of sources)
      for (const [target] of read(path).matchAll(/\bdocs\/[\w.-]+\.md(?:#[\w-]+)?/g)) named.set(target, named.get(target) ?? path);
    expect(named.size).toBeGreaterThan(5);
    const faults = Array.from(named, ([target, path]) => ({ path, target, fault: checker.fault("README.md", target) }));
    expect(faults.filter(({ fault }) => fault !== undefined)).toEqual([]);
  });
});
