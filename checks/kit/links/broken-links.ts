import { posix } from "node:path";
import { type MarkdownPage, readMarkdown } from "#checks/harness/markdown-page.ts";

/** A repository, as far as links can tell: every file's path from the root, and a way to read it. */
export type Repository = { readonly paths: ReadonlySet<string>; readonly read: (path: string) => string };

/** Tells what is wrong with the links of one page; the pages that it has read are remembered. */
export function createLinkChecker(repository: Repository): {
  readonly check: (page: string) => string[];
  readonly fault: (from: string, target: string) => string | undefined;
} {
  const pages = new Map<string, MarkdownPage>();
  const folders = new Set(Array.from(repository.paths).flatMap(foldersAbove));

  function page(path: string): MarkdownPage {
    const known = pages.get(path) ?? readMarkdown(repository.read(path));
    pages.set(path, known);
    return known;
  }

  /** Why a link in the file `from` leads nowhere, or `undefined`. */
  function fault(from: string, target: string): string | undefined {
    if (/^(?:https?|mailto):/i.test(target)) return undefined;
    if (/^[a-z][a-z\d+.-]*:|^\//i.test(target)) return "is neither relative nor an address on the web";
    const [pathAndQuery = "", ...rest] = target.split("#");
    const anchor = decode(rest.join("#"));
    const relative = decode(pathAndQuery);
    if (anchor === undefined || relative === undefined) return "has a % that encodes nothing";
    if (relative.includes("?")) return "asks a file with ?";
    const path = relative === "" ? from : posix.join(posix.dirname(from), relative).replace(/\/$/, "");
    if (path === ".." || path.startsWith("../")) return "leaves the repository";
    if (path !== "." && !repository.paths.has(path) && !folders.has(path)) return `leads nowhere: there is no ${path}`;
    if (!target.includes("#")) return target === "" ? "is empty" : undefined;
    if (path.endsWith(".md")) return page(path).anchors.has(anchor) ? undefined : `leads nowhere: ${path} has no heading for #${anchor}`;
    const line = /^L(?<from>\d+)(?:-L(?<to>\d+))?$/.exec(anchor)?.groups;
    if (line === undefined || !repository.paths.has(path)) return `has an anchor, but ${path} has none`;
    const last = Number(line["to"] ?? line["from"]);
    return last <= repository.read(path).split("\n").length ? undefined : `leads past the end of ${path}`;
  }

  return {
    fault,
    check: (path) => {
      const { links, problems } = page(path);
      const faults = links
        .map(({ target, line }) => ({ target, line, fault: fault(path, target) }))
        .filter((link) => link.fault !== undefined);
      return [...problems, ...faults.map((link) => `line ${link.line}: (${link.target}) ${link.fault}`)];
    },
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
