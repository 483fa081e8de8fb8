import type { LabId } from "#launch/implementation.mjs";
import type { Explained } from "./equivalents/equivalent.ts";
import type { Mutant } from "./mutant.ts";
import { isShell, percent, tallyByFile } from "./score.ts";

/** A row of the table in docs/mutation.md: a file, or the core files of a lab together. */
export type Row = {
  readonly lab: string;
  readonly file: string;
  readonly mutants: number;
  readonly killed: number;
  readonly explained: number;
  readonly unexplained: number;
};

const coreName = "**core**";
const shellMark = " (shell)";

export function isCore({ file }: Row): boolean {
  return file === coreName;
}

/** The page with the rows of these files written anew, and those of others as they were. */
export function withRows(page: string, lab: LabId, mutants: readonly Mutant[], { known }: Explained): string {
  const fresh = [...tallyByFile(mutants)].map(([file, { mutants: all, killed, survived }]): Row => {
    const explained = known.filter(({ mutant }) => mutant.file === file).length;
    const name = isShell(lab, file) ? file + shellMark : file;
    return { lab, file: name, mutants: all, killed, explained, unexplained: survived - explained };
  });
  const isNew = (row: Row) => fresh.some((other) => other.lab === row.lab && other.file === row.file);
  const files = [...documentedRows(page).filter((row) => !isCore(row) && !isNew(row)), ...fresh];
  const rows = [...new Set(files.map((row) => row.lab))].toSorted().flatMap((each) => rowsOf(files.filter((row) => row.lab === each)));
  return page.replace(/(^\|-.*\n)(?:\|.*\n)*/m, (_, rule: string) => rule + rows.map((row) => `${rowText(row)}\n`).join(""));
}

/** The rows that the page has. */
export function documentedRows(page: string): readonly Row[] {
  const [, body = ""] = /^\|-.*\n((?:\|.*\n)*)/m.exec(page) ?? [];
  return body
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [lab = "", file = "", ...numbers] = line
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      const [mutants = 0, killed = 0, explained = 0, unexplained = 0] = numbers.map(Number);
      return { lab, file, mutants, killed, explained, unexplained };
    });
}

/** A lab's files in order, the shell last, and the core in all between them. */
function rowsOf(files: readonly Row[]): readonly Row[] {
  const inOrder = files.toSorted((a, b) => a.file.localeCompare(b.file));
  const core = inOrder.filter(({ file }) => !file.endsWith(shellMark));
  const sum = (pick: (row: Row) => number) => core.reduce((total, row) => total + pick(row), 0);
  const all: Row = {
    lab: files[0]?.lab ?? "",
    file: coreName,
    mutants: sum((row) => row.mutants),
    killed: sum((row) => row.killed),
    explained: sum((row) => row.explained),
    unexplained: sum((row) => row.unexplained),
  };
  return [...core, ...(core.length > 0 ? [all] : []), ...inOrder.filter((row) => !core.includes(row))];
}

function rowText({ lab, file, mutants, killed, explained, unexplained }: Row): string {
  return `| ${[lab, file, mutants, killed, explained, unexplained, percent(mutants === 0 ? 1 : killed / mutants)].join(" | ")} |`;
}
