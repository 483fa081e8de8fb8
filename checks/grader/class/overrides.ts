import { labNamed } from "#checks/command-line/lab-named.ts";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { Adjustment, SubmissionGrade } from "#checks/grader/model/grade.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";
import { readTable } from "./csv-table.ts";

/** Points that the instructor gives or takes by hand. */
export type Override = {
  readonly line: number;
  /** The submission's id, or that of one of its students. */
  readonly submission: string;
  readonly lab: LabId | undefined;
  readonly check: string | undefined;
  /** Added to the total. */
  readonly points: number;
  readonly reason: string;
};

const columns = { needed: ["submission", "points", "reason"], others: ["lab", "check"] };

/**
 * Reads overrides: a table with the columns `submission`, `points` and `reason`, and perhaps `lab` or `check`; or JSON, a list of objects
 * with the same names.
 *
 * @param name what the file is called in sentences
 * @param checks the ids of all checks
 * @throws {UsageError} with the line, or the number of the entry
 */
export function readOverrides(text: string, name: string, checks: readonly string[]): readonly Override[] {
  const isJson = /^\ufeff?\s*\[/.test(text);
  const rows = isJson ? jsonRows(text, name) : readTable(text, name, columns);
  return rows.map(({ line, cells }) => {
    const fail = (what: string): never => {
      throw new UsageError(`${name}, ${isJson ? "entry" : "line"} ${line}: ${what}.`);
    };
    const { submission = "", lab = "", check = "", reason = "" } = cells;
    const points = Number((cells["points"] ?? "").replace(",", "."));
    if (submission === "") fail("it says no submission");
    if (cells["points"] === "" || !Number.isFinite(points) || Math.abs(points) > 10_000)
      fail(`points ${cells["points"]} is no number of points`);
    if (reason === "") fail("it says no reason, and points that are given by hand need one");
    if (check !== "" && !checks.includes(check)) fail(`there is no check ${check}.${didYouMean(check, checks)}`.replace(/[.?]$/, ""));
    const named = lab === "" ? undefined : labNamed(lab, labIds);
    const ofCheck = labIds.find((id) => check.startsWith(`${id}.`));
    if (named !== undefined && ofCheck !== undefined && named !== ofCheck) fail(`${check} is no check of ${named}`);
    return { line, submission, lab: ofCheck ?? named, check: check === "" ? undefined : check, points, reason: reason.slice(0, 500) };
  });
}

function jsonRows(text: string, name: string): ReturnType<typeof readTable> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return (value as readonly unknown[]).map((entry, index) => {
    if (typeof entry !== "object" || entry === null) throw new UsageError(`${name}, entry ${index + 1}: it is no object.`);
    const cells = Object.fromEntries(
      Object.entries(entry).map(([key, cell]) => [
        key,
        String(cell)
          .replace(/\p{Cc}/gu, " ")
          .trim(),
      ]),
    );
    return { line: index + 1, cells: { points: "", ...cells } };
  });
}

/** What the overrides say about one grade. */
export function overrideAdjustments(
  { submission, labs }: Pick<SubmissionGrade, "submission" | "labs">,
  overrides: readonly Override[],
): readonly Adjustment[] {
  return overrides
    .filter((each) => concerns(each, submission) && (each.lab === undefined || labs.some(({ lab }) => lab === each.lab)))
    .map(({ points, reason, lab, check }) => ({
      kind: "override",
      points,
      why: check === undefined ? reason : `${check}: ${reason}`,
      ...(lab === undefined ? {} : { lab }),
    }));
}

type Owned = Pick<SubmissionGrade["submission"], "id" | "students">;

function concerns({ submission }: Override, { id, students }: Owned): boolean {
  return submission === id || students.some((student) => student.id === submission);
}

/** Throws a `UsageError` for an override of a submission that is not there: nobody would notice that it did nothing. */
export function requireKnown(overrides: readonly Override[], name: string, submissions: readonly Owned[]): void {
  const stray = overrides.find((each) => !submissions.some((submission) => concerns(each, submission)));
  if (stray === undefined) return;
  const ids = submissions.flatMap(({ id, students }) => [id, ...students.map((student) => student.id)]);
  throw new UsageError(
    `${name}: nothing was handed in by ${stray.submission} or under that name.${didYouMean(stray.submission, [...new Set(ids)])}`,
  );
}
