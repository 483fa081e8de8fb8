import { UsageError } from "#checks/command-line/usage-error.ts";
import { submissionId } from "#checks/grader/intake/submission-source.ts";
import type { Student } from "#checks/grader/model/submission.ts";
import type { RosterLine } from "./roster.ts";

/** Whose a submission is. */
export type Owners = {
  readonly students: readonly Student[];
  readonly group?: string;
  readonly submittedAt?: string;
};

export type Assignment = {
  /** By the submission's id. */
  readonly owners: ReadonlyMap<string, Owners>;
  /** Ids for those who handed in nothing: they get a grade, too. */
  readonly absent: ReadonlyMap<string, Owners>;
  /** Submissions that no line of the roster names. */
  readonly unknown: readonly string[];
};

/**
 * Finds each student's submission: the one that the roster names, else that of the student's own id, else that of the group. Large and
 * small letters are alike.
 *
 * @throws {UsageError} when a submission is claimed by two groups
 */
export function assignStudents(ids: readonly string[], roster: readonly RosterLine[]): Assignment {
  const byName = new Map(ids.map((id) => [id.toLowerCase(), id]));
  const found = new Map<string, RosterLine[]>();
  const absent = new Map<string, RosterLine[]>();
  for (const line of roster) {
    const wanted = line.submission === undefined ? [line.student.id, line.group] : [line.submission];
    const id = wanted.flatMap((name) => (name === undefined ? [] : (byName.get(submissionId(name).toLowerCase()) ?? [])))[0];
    if (id !== undefined) add(found, id, line);
    else add(absent, submissionId(line.submission ?? line.group ?? line.student.id), line);
  }
  // Of a group of which one handed in under the own name: the others were part of it.
  for (const [id, lines] of absent) {
    const group = lines[0]?.group;
    const home = [...found].find(([, members]) => group !== undefined && members.some((member) => member.group === group))?.[0];
    if (home === undefined || lines.some((line) => line.submission !== undefined)) continue;
    for (const line of lines) add(found, home, line);
    absent.delete(id);
  }
  const taken = new Set(ids.map((id) => id.toLowerCase()));
  for (const [id, [line]] of absent)
    if (taken.has(id.toLowerCase()))
      throw new UsageError(`The roster's line ${line?.line} and a submission are both called ${id}; rename one.`);
  return {
    owners: new Map([...found].map(([id, lines]) => [id, ownersOf(id, lines)])),
    absent: new Map([...absent].map(([id, lines]) => [id, ownersOf(id, lines)])),
    unknown: ids.filter((id) => !found.has(id)),
  };
}

function add(map: Map<string, RosterLine[]>, id: string, line: RosterLine): void {
  const lines = map.get(id);
  if (lines === undefined) map.set(id, [line]);
  else lines.push(line);
}

function ownersOf(id: string, lines: readonly RosterLine[]): Owners {
  const [first] = lines;
  const stranger = lines.find(({ group }) => group !== first?.group);
  if (stranger !== undefined)
    throw new UsageError(`The roster's lines ${first?.line} and ${stranger.line} name the same submission, ${id}, and different groups.`);
  // Whoever has the latest time in the list handed in last, and that is what was graded.
  const submittedAt = lines
    .flatMap((line) => line.submittedAt ?? [])
    .toSorted()
    .at(-1);
  return {
    students: lines.map(({ student }) => student).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ...(first?.group === undefined ? {} : { group: first.group }),
    ...(submittedAt === undefined ? {} : { submittedAt }),
  };
}
