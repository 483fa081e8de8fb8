import type { LabId } from "#launch/implementation.mjs";
import type { Explained } from "./equivalents/equivalent.ts";
import type { Mutant } from "./mutant.ts";
import { isShell, percent, type Tally, tallyByFile } from "./score.ts";

/** A row of the table in docs/mutation.md, as cells. */
type Row = readonly string[];

/** The page with the rows of these files written anew, and those of others as they were. Rows are in the order of labs and files. */
export function withRows(page: string, lab: LabId, mutants: readonly Mutant[], { known }: Explained): string {
  const fresh = [...tallyByFile(mutants)].map(([file, tally]) =>
    rowOf(lab, file, tally, known.filter(({ mutant }) => mutant.file === file).length),
  );
  const isNew = (row: Row) => fresh.some(([first, second]) => row[0] === first && row[1] === second);
  const rows = [...documentedRows(page).filter((row) => !isNew(row)), ...fresh];
  rows.sort((a, b) => `${a[0]}/${a[1]}`.localeCompare(`${b[0]}/${b[1]}`));
  return page.replace(/(^\|-.*\n)(?:\|.*\n)*/m, (_, rule: string) => rule + rows.map((row) => `| ${row.join(" | ")} |\n`).join(""));
}

/** The rows that the page has. */
export function documentedRows(page: string): readonly Row[] {
  const [, body = ""] = /^\|-.*\n((?:\|.*\n)*)/m.exec(page) ?? [];
  return body
    .split("\n")
    .filter(Boolean)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function rowOf(lab: LabId, file: string, { mutants, killed, survived, score }: Tally, known: number): Row {
  const name = isShell(lab, file) ? `${file} (shell)` : file;
  return [lab, name, ...[mutants, killed, known, survived - known].map(String), percent(score)];
}
