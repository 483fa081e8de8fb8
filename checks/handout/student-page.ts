import { posix } from "node:path";

const begin = /^<!-- KIT ONLY -->$/;
const end = /^<!-- END KIT ONLY -->$/;
const oneLine = /\s*<!-- KIT ONLY LINE -->/;
const instead = /^<!-- HAND-OUT$/;
/** Anything that looks as if it were meant to be a mark. */
const nearMark = /<!--\s*(?:end\s+)?(?:kit|hand-?out)/i;

/** Whether a page is for instructors and maintainers as a whole: its first line says so. */
export function isKitOnly(page: string): boolean {
  return page.startsWith("<!-- KIT ONLY PAGE -->\n");
}

/**
 * The student's copy of a page. What stands between `<!-- KIT ONLY -->` and `<!-- END KIT ONLY -->` goes, and so does a line with
 * `<!-- KIT ONLY LINE -->` in it. What stands in a comment that begins with the line `<!-- HAND-OUT` and ends with the line `-->` is put
 * in its place.
 *
 * @param name the page's name, for the error message
 * @throws {SyntaxError} for marks that nest, do not close or are misspelt
 */
export function studentPage(page: string, name: string): string {
  const kept: string[] = [];
  let region: { readonly line: number; readonly kept: boolean } | undefined;
  const fail = (line: number, problem: string): never => {
    throw new SyntaxError(`${name}:${line + 1}: ${problem}`);
  };
  for (const [index, line] of page.split("\n").entries()) {
    if (begin.test(line) || instead.test(line)) {
      if (region !== undefined) fail(index, `a mark inside the region that begins in line ${region.line + 1}.`);
      region = { line: index, kept: instead.test(line) };
    } else if (region?.kept === true && line === "-->") region = undefined;
    else if (region?.kept === false && end.test(line)) region = undefined;
    else if (region === undefined && oneLine.test(line)) continue;
    else if (nearMark.test(line)) fail(index, "this looks like a mark, and is none here.");
    else if (region?.kept !== false) kept.push(line);
  }
  if (region !== undefined) fail(region.line, "this region is never closed.");
  return `${kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

/**
 * A page whose links to what is not handed out are plain words.
 *
 * @param path the page's path in the hand-out
 * @param isThere whether the hand-out has a file or folder of this path
 */
export function withoutDeadLinks(page: string, path: string, isThere: (path: string) => boolean): string {
  return page.replace(/\[([^\]]+)\]\(([^()#\s:]+)(?:#[^()\s]*)?\)/g, (link, words: string, target: string) => {
    const leadsTo = posix.join(posix.dirname(path), target).replace(/\/$/, "");
    return isThere(leadsTo) ? link : words;
  });
}
