import { type CsvError, parse } from "csv-parse/sync";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";

/** A row of a table, by the names of its columns; what is missing is empty. */
export type TableRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };

export type TableColumns = {
  /** The columns that are needed. */
  readonly needed: readonly string[];
  /** Columns that may be there. Others are not looked at. */
  readonly others: readonly string[];
};

/**
 * Reads a table as spreadsheets write it: commas, semicolons or tabs, quotes, a byte order mark. The first line names the columns.
 *
 * @param name what the file is called in sentences
 * @throws {UsageError} with the line
 */
export function readTable(text: string, name: string, { needed, others }: TableColumns): readonly TableRow[] {
  const [first = ""] = text.replace(/^\ufeff/, "").split(/\r?\n/, 1);
  const records = parseRecords(text, name, delimiterOf(first));
  const [head, ...rows] = records;
  if (head === undefined) throw new UsageError(`${name} is empty; its first line names the columns: ${needed.join(",")}.`);
  const columns = head.cells.map((cell) => cell.trim().toLowerCase());
  const twice = columns.find((column, index) => column !== "" && columns.indexOf(column) !== index);
  if (twice !== undefined) throw new UsageError(`${name}, line ${head.line}: there are two columns ${twice}.`);
  const missing = needed.find((column) => !columns.includes(column));
  if (missing !== undefined)
    throw new UsageError(
      `${name}, line ${head.line}: there is no column ${missing}.${didYouMean(missing, columns)} The columns are ${[...needed, ...others].join(", ")}.`,
    );
  return rows.map(({ line, cells }) => {
    if (cells.length > columns.length)
      throw new UsageError(`${name}, line ${line}: there are more cells than columns; put quotes around a cell with a comma in it.`);
    return { line, cells: Object.fromEntries(columns.map((column, index) => [column, tidy(cells[index] ?? "", name, line)])) };
  });
}

type Line = { readonly line: number; readonly cells: readonly string[] };

function parseRecords(text: string, name: string, delimiter: string): readonly Line[] {
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
      onRecord: (cells: readonly string[], { lines: line }: { lines: number }) => {
        if (cells.some((cell) => cell.trim() !== "")) lines.push({ line, cells });
        return null;
      },
    });
  } catch (error) {
    const { message, lines: line } = error as CsvError & { readonly lines?: number };
    throw new UsageError(`${name}${line === undefined ? "" : `, line ${line}`} is no table that can be read: ${message}`);
  }
  return lines;
}

/** Whichever of the three the first line has most of. */
function delimiterOf(line: string): string {
  const count = (delimiter: string) => line.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function tidy(cell: string, name: string, line: number): string {
  if (/\p{Cc}/u.test(cell.trim())) throw new UsageError(`${name}, line ${line}: there is a control character in a cell.`);
  return cell.trim();
}
