import { UsageError } from "#checks/command-line/usage-error.ts";
import { type Assignment, assignStudents, type Owners } from "#checks/grader/class/assign-students.ts";
import type { Planned } from "#checks/grader/class/grade-class.ts";
import { numberSubmissions } from "#checks/grader/class/number-students.ts";
import { readTextFile } from "#checks/grader/class/read-text-file.ts";
import { readRoster } from "#checks/grader/class/roster.ts";
import { looksLikeClass } from "#checks/grader/intake/class-folder.ts";
import { readSubmission } from "#checks/grader/intake/read-submission.ts";
import { findSources, type SubmissionSource } from "#checks/grader/intake/submission-source.ts";
import type { Submission } from "#checks/grader/model/submission.ts";
import type { GradeOptions } from "./grade-options.ts";

/** A whole class: what there is to grade, and whose it is. */
export type ClassPlan = {
  /** Sorted by the ids under which grades are kept. */
  readonly planned: readonly Planned[];
  /** From the id to the name under which the grade is kept: another one in an anonymous run only. */
  readonly numbers: ReadonlyMap<string, string>;
  /** What the instructor should know. */
  readonly notes: readonly string[];
};

/** Reads the roster and looks for the submissions. Throws a `UsageError`. */
export function planClass({ words, roster: file, before, anonymous, seed }: GradeOptions): ClassPlan {
  const sources = findSources(words);
  const [first] = sources;
  if (sources.length === 1 && first !== undefined && first.revision === undefined && looksLikeClass(first.path))
    throw new UsageError(`${first.given} holds submissions and is none itself; give them one by one: ${first.given.replace(/\/+$/, "")}/*`);
  const roster = file === undefined ? [] : readRoster(readTextFile("--roster", file), file);
  const assigned = assignStudents(
    sources.map(({ id }) => id),
    roster,
  );
  const submissions = [
    ...sources.map((source) => ({ id: source.id, source, owners: assigned.owners.get(source.id) ?? nobody })),
    ...[...assigned.absent].map(([id, owners]) => ({ id, source: undefined, owners })),
  ];
  if (submissions.length === 0) throw new UsageError("Give the submissions: folders, archives or repositories.");
  const ids = submissions.map(({ id }) => id).toSorted();
  const numbers = anonymous ? numberSubmissions(ids, seed) : new Map(ids.map((id) => [id, id]));
  const planned = submissions.map(({ id, source, owners }) => ({
    id: numbers.get(id) ?? id,
    about: { id, students: owners.students },
    read: () => readPlanned(id, source, owners, before),
  }));
  return {
    planned: planned.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    numbers,
    notes: file === undefined ? [] : rosterNotes(assigned),
  };
}

const nobody: Owners = { students: [] };

async function readPlanned(
  id: string,
  source: SubmissionSource | undefined,
  owners: Owners,
  before: Date | undefined,
): Promise<Submission> {
  if (source === undefined) return { id, source: "none", ...owners, files: [], refused: [] };
  const read = await readSubmission(source, before);
  // The roster's time is the instructor's word; a commit's is the student's.
  return { ...read, ...owners };
}

function rosterNotes({ owners, absent, unknown }: Assignment): readonly string[] {
  const missing = [...absent.values()].flatMap(({ students }) => students.map(({ name }) => name));
  const groups = [...new Set([...owners.values()].flatMap(({ group }) => group ?? []))];
  const several = groups.filter((group) => [...owners.values()].filter((each) => each.group === group).length > 1);
  return [
    ...(several.length === 0 ? [] : [`More than one submission came from ${few(several)}: each is graded, for those whose it is.`]),
    ...(missing.length === 0 ? [] : [`Nothing was handed in by ${few(missing)}: 0 points.`]),
    ...(unknown.length === 0 ? [] : [`No line of the roster names ${few(unknown)}: graded, and nobody's.`]),
  ];
}

/** Some names, and how many more there are. */
function few(names: readonly string[]): string {
  const most = 5;
  return names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
