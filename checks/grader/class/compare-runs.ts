import type { CheckGrade, SubmissionGrade } from "#checks/grader/model/grade.ts";

/** What became of one check. */
export type CheckChange = { readonly id: string; readonly before: Outcome | undefined; readonly after: Outcome | undefined };

export type Outcome = Pick<CheckGrade, "status" | "earned" | "points">;

/** What became of one submission. */
export type GradeChange = {
  readonly id: string;
  readonly students: readonly string[];
  /** Points after adjustments; `undefined` where the submission is only in the other run. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly checks: readonly CheckChange[];
  /** What else is different, a few words each: the files, an adjustment, a problem. */
  readonly notes: readonly string[];
};

/** The submissions whose grade, or any check of it, is not the same in both runs. In the order of the ids. */
export function compareRuns(before: readonly SubmissionGrade[], after: readonly SubmissionGrade[]): readonly GradeChange[] {
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...now.keys()])].toSorted().flatMap((id) => {
    const change = compareGrades(id, old.get(id), now.get(id));
    const isSame = change.before === change.after && change.checks.length === 0 && change.notes.length === 0;
    return isSame ? [] : [change];
  });
}

function byId(grades: readonly SubmissionGrade[]): ReadonlyMap<string, SubmissionGrade> {
  return new Map(grades.map((grade) => [grade.submission.id, grade]));
}

export function compareGrades(id: string, before: SubmissionGrade | undefined, after: SubmissionGrade | undefined): GradeChange {
  const both = before !== undefined && after !== undefined;
  return {
    id,
    students: (after ?? before)?.submission.students.map(({ name }) => name) ?? [],
    before: before?.total,
    after: after?.total,
    checks: both ? compareChecks(checksOf(before), checksOf(after)) : [],
    notes: both ? notesOn(before, after) : [before === undefined ? "only in the new run" : "only in the old run"],
  };
}

function checksOf(grade: SubmissionGrade): ReadonlyMap<string, Outcome> {
  const checks = grade.labs.flatMap((lab) => lab.checks);
  return new Map(checks.map(({ id, status, earned, points }) => [id, { status, earned, points }]));
}

function compareChecks(before: ReadonlyMap<string, Outcome>, after: ReadonlyMap<string, Outcome>): readonly CheckChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)];
    const isSame = old?.status === now?.status && old?.earned === now?.earned && old?.points === now?.points;
    return isSame ? [] : [{ id, before: old, after: now }];
  });
}

function notesOn(before: SubmissionGrade, after: SubmissionGrade): readonly string[] {
  const [old, now] = [adjustmentsOf(before), adjustmentsOf(after)];
  return [
    ...(before.receipt.submission === after.receipt.submission ? [] : ["other files were handed in"]),
    ...old.filter((each) => !now.includes(each)).map((each) => `no longer ${each}`),
    ...now.filter((each) => !old.includes(each)).map((each) => `now ${each}`),
    ...(before.problem === undefined && after.problem !== undefined ? ["could not be graded"] : []),
    ...(before.problem !== undefined && after.problem === undefined ? ["could not be graded before"] : []),
  ];
}

function adjustmentsOf({ adjustments }: SubmissionGrade): readonly string[] {
  return adjustments.map(({ points, why }) => `${signed(points)} ${why}`);
}

export function signed(points: number): string {
  return points > 0 ? `+${points}` : `${points}`;
}
