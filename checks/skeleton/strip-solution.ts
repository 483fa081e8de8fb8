const beginMark = /^\s*\/\/ BEGIN SOLUTION( silent)?\s*$/;
const endMark = /^\s*\/\/ END SOLUTION\s*$/;
const stubMark = /^(\s*)\/\/ STUB: (.+)$/;
/** Anything that looks as if it were meant to be a mark. */
const nearMark = /\/\/\s*(BEGIN|END)\s+SOLUTION|\/\/\s*STUB\b/i;

const prompt = "// Your code here.";

/**
 * The student's copy of a reference file: each region between `// BEGIN SOLUTION` and `// END SOLUTION` becomes one prompt line (none
 * for `BEGIN SOLUTION silent`), and each `// STUB: code` becomes the code.
 *
 * @param name the file's name, for the error message
 * @throws {SyntaxError} for regions that nest, do not close or are empty, for marks that are misspelt, and for a file without a region
 */
export function stripSolution(source: string, name: string): string {
  const kept: string[] = [];
  let region: { readonly line: number; readonly silent: boolean; lines: number } | undefined;
  let regions = 0;

  const fail = (line: number, problem: string): never => {
    throw new SyntaxError(`${name}:${line + 1}: ${problem}`);
  };

  for (const [index, line] of source.split("\n").entries()) {
    const begin = beginMark.exec(line);
    const stub = stubMark.exec(line);
    if (begin) {
      if (region) fail(index, `BEGIN SOLUTION inside the region that begins in line ${region.line + 1}.`);
      region = { line: index, silent: begin[1] !== undefined, lines: 0 };
      if (!region.silent) kept.push(line.replace(/\/\/.*/, prompt));
    } else if (endMark.test(line)) {
      if (!region) fail(index, "END SOLUTION without a BEGIN SOLUTION.");
      else if (region.lines === 0) fail(region.line, "this region is empty.");
      region = undefined;
      regions++;
    } else if (stub) {
      if (region) fail(index, "STUB inside a region.");
      kept.push(`${stub[1]}${stub[2]}`);
    } else if (nearMark.test(line)) {
      fail(
        index,
        "this looks like a mark, but is none; write // BEGIN SOLUTION, // BEGIN SOLUTION silent, // END SOLUTION or // STUB: code.",
      );
    } else if (region) {
      if (line.trim() !== "") region.lines++;
    } else kept.push(line);
  }
  if (region) fail(region.line, "this region is never closed.");
  if (regions === 0) fail(0, "no region is marked: the student's copy would be the solution.");
  return tidy(kept);
}

/** What the regions leave behind: no blank line at the start or before a closing brace, never two in a row. */
function tidy(lines: readonly string[]): string {
  const tidied: string[] = [];
  for (const [index, line] of lines.entries()) {
    const blank = line.trim() === "";
    const next = lines.slice(index + 1).find((later) => later.trim() !== "");
    if (blank && (tidied.length === 0 || tidied.at(-1) === "" || /^\s*[})\]]/.test(next ?? "}"))) continue;
    tidied.push(blank ? "" : line);
  }
  return `${tidied.join("\n").trimEnd()}\n`;
}
