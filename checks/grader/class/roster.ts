import { UsageError } from "#checks/command-line/usage-error.ts";
import { submissionId } from "#checks/grader/intake/submission-source.ts";
import type { Student } from "#checks/grader/model/submission.ts";
import { readTable } from "./csv-table.ts";
import { readMoment } from "./moment.ts";

/** One line of a roster: a student, and where to look for what they handed in. */
export type RosterLine = {
  readonly line: number;
  readonly student: Student;
  /** The submission's id, where it is not the student's own. */
  readonly submission: string | undefined;
  readonly group: string | undefined;
  /** ISO 8601, UTC. */
  readonly submittedAt: string | undefined;
};

const longestId = 128;

/**
 * Reads a roster: a table with the columns `id` and `name`, and perhaps `email`, `submission`, `group` and `submitted`. Students with the
 * same submission, or the same group, handed in together.
 *
 * @param name what the file is called in sentences
 * @throws {UsageError} with the line
 */
export function readRoster(text: string, name: string): readonly RosterLine[] {
  const rows = readTable(text, name, { needed: ["id", "name"], others: ["email", "submission", "group", "submitted"] });
  const lineOf = new Map<string, number>();
  const roster = rows.map(({ line, cells }): RosterLine => {
    const { id = "", email = "", submission = "", group = "", submitted = "" } = cells;
    if (id === "") throw new UsageError(`${name}, line ${line}: a student without an id.`);
    if (id.length > longestId) throw new UsageError(`${name}, line ${line}: an id of more than ${longestId} characters.`);
    const other = lineOf.get(id);
    if (other !== undefined) throw new UsageError(`${name}, line ${line}: ${id} is there already, in line ${other}.`);
    lineOf.set(id, line);
    return {
      line,
      student: { id, name: cells["name"] === undefined || cells["name"] === "" ? id : cells["name"], ...(email === "" ? {} : { email }) },
      submission: submission === "" ? undefined : submissionId(submission),
      group: group === "" ? undefined : group,
      submittedAt: submitted === "" ? undefined : momentIn(submitted, `${name}, line ${line}: submitted ${submitted}`),
    };
  });
  if (roster.length === 0) throw new UsageError(`${name} names no student.`);
  return roster;
}

function momentIn(text: string, where: string): string {
  try {
    return readMoment(text).toISOString();
  } catch (error) {
    throw new UsageError(`${where} ${error instanceof Error ? error.message : String(error)}.`);
  }
}
