import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LabId, labFolders } from "#launch/implementation.mjs";

/** A piece of a solution that stands where it must not. Line numbers begin with 1. */
export type Leak = { readonly file: string; readonly line: number; readonly solution: string };

/** Pieces of solutions, without their spaces, and where each is from: `reference/lab-1-codec/message.ts:12`. */
export type Solutions = ReadonlyMap<string, string>;

/** A line, or several of them, without spaces, and where it begins. */
type Piece = { readonly text: string; readonly line: number };

/** Shorter lines are said by many programs that solve nothing, and so are a few short ones in a row. In characters, spaces not counted. */
const longLine = 40;
const longBlock = 80;
const linesOfBlock = 4;

/**
 * What stands inside the solution regions of these labs.
 *
 * @param reference the folder of the solved labs
 */
export function readSolutions(reference: string, labs: readonly LabId[]): Solutions {
  return new Map(
    labs.flatMap((lab) => {
      const folder = join(reference, labFolders[lab]);
      return readdirSync(folder).flatMap((name) =>
        regions(readFileSync(join(folder, name), "utf8"))
          .flatMap(pieces)
          .map(({ text, line }) => [text, `reference/${labFolders[lab]}/${name}:${line}`] as const),
      );
    }),
  );
}

/** The pieces of a solution in a file, however they are indented. */
export function leaksIn(file: string, text: string, solutions: Solutions): readonly Leak[] {
  return pieces(told(text)).flatMap((piece) => {
    const solution = solutions.get(piece.text);
    return solution === undefined ? [] : [{ file, line: piece.line, solution }];
  });
}

/** The lines of each region, without its marks. */
function regions(source: string): readonly (readonly Piece[])[] {
  const found: Piece[][] = [];
  let inside = false;
  for (const piece of told(source)) {
    const mark = /^\/\/(BEGIN|END)SOLUTION/.exec(piece.text)?.[1];
    if (mark === "BEGIN") found.push([]);
    if (mark !== undefined) inside = mark === "BEGIN";
    else if (inside) found.at(-1)?.push(piece);
  }
  return found;
}

/** The lines that say something: an import only says what is used, and the handout says that too. */
function told(source: string): readonly Piece[] {
  return source.split(/\r?\n/).flatMap((line, index) => {
    const text = line.replace(/\s+/g, "");
    return text === "" || /^\s*(?:import|export)\b.* from "/.test(line) ? [] : [{ text, line: index + 1 }];
  });
}

/** The long lines, and each few lines that follow each other. */
function pieces(lines: readonly Piece[]): readonly Piece[] {
  return lines.flatMap(({ text, line }, index) => {
    const block = lines
      .slice(index, index + linesOfBlock)
      .map((piece) => piece.text)
      .join("\n");
    return [...(text.length >= longLine ? [{ text, line }] : []), ...(block.length >= longBlock ? [{ text: block, line }] : [])];
  });
}
