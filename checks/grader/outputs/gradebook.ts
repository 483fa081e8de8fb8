import { stringify } from "csv-stringify/sync";
import { inOneLine } from "#checks/harness/report/columns.ts";
import { rounded } from "../class/rounded.ts";
import type { ClassGrades, LabGrade, SubmissionGrade } from "../model/grade.ts";
import type { Student } from "../model/submission.ts";
import { labName } from "./student-view.ts";
import { whyNoGrade } from "./why-no-grade.ts";
import type { OutputFile } from "./writer.ts";

type Cell = string | number;
type Row = { readonly grade: SubmissionGrade; readonly student: Student | undefined };

/**
 * The gradebook, one row a student, members of a group each with their own. Read by the instructor and their grade book program.
 *
 * `gradebook.csv` has everything, points of hidden checks included, and suits Moodle (which asks what each column is), spreadsheets and
 * scripts. It begins with a byte order mark: Excel would spoil names otherwise. `gradebook-canvas.csv` has Canvas's own columns and no
 * others, because Canvas makes an assignment of every column that it does not know. Its columns add up to the total: what no lab
 * accounts for stands under `adjustments`. Who has no grade has empty cells there, which Canvas leaves alone.
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export function gradebookFiles(grades: ClassGrades): readonly OutputFile[] {
  return [
    { path: "gradebook.csv", content: `\ufeff${csv(gradebook(grades))}` },
    { path: "gradebook-canvas.csv", content: csv(canvas(grades)) },
  ];
}

function csv(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === "string" ? withoutFormula(cell) : cell))),
    { record_delimiter: "\r\n" },
  );
}

/** Where a formula may begin. In half of Europe a spreadsheet takes semicolons for the ends of cells, and forgets quotes over it. */
const formula = /(^|;)([\s"]*)(?=[=+@＝＋－＠-])/gu;

function withoutFormula(text: string): string {
  return text.replace(formula, "$1$2'");
}

function gradebook(grades: ClassGrades): readonly (readonly Cell[])[] {
  const labs = labsOf(grades);
  const header = ["Name", "ID", "Email", "Group", "Submission", "Submitted at", "Status"];
  return [
    [...header, ...labs.map(labName), "By checks", "Late", "Override", "Total", "Points possible", "Tier", "Remarks"],
    ...rowsOf(grades).map(({ grade, student }) => {
      const { submission, adjustments } = grade;
      const noGrade = whyNoGrade(grade);
      const sum = (kind: "late" | "override") =>
        adjustments.filter((each) => each.kind === kind).reduce((total, { points }) => total + points, 0);
      const points =
        noGrade === undefined
          ? [...labs.map(({ lab }) => earnedIn(grade, lab)), grade.earned, sum("late"), sum("override"), grade.total, grade.points]
          : [...labs.map(() => ""), "", "", "", "", grade.points];
      return [
        ...[student?.name, student?.id, student?.email, submission.group, submission.id, submission.submittedAt].map((text) =>
          inOneLine(text ?? ""),
        ),
        submission.source === "none" ? "handed in nothing" : noGrade === undefined ? "graded" : "not graded",
        ...points.map(twoPlaces),
        grade.tier,
        inOneLine([...(noGrade === undefined ? [] : [noGrade]), ...adjustments.map(({ why }) => why)].join("; ")),
      ];
    }),
  ];
}

function canvas(grades: ClassGrades): readonly (readonly Cell[])[] {
  const labs = labsOf(grades);
  const nobody = ["", "", "", ""];
  return [
    ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ...labs.map(labName), "adjustments"],
    ["Points Possible", ...nobody, ...labs.map(({ points }) => points), 0],
    ...rowsOf(grades).flatMap(({ grade, student }) => {
      if (student === undefined) return [];
      const who = [inOneLine(student.name), "", inOneLine(student.id), inOneLine(student.email ?? student.id), ""];
      if (whyNoGrade(grade) !== undefined) return [[...who, ...labs.map(() => ""), ""]];
      return [[...who, ...labs.map(({ lab }) => twoPlaces(earnedIn(grade, lab))), rounded(grade.total - grade.earned)]];
    }),
  ];
}

/** A row for each student, or for the submission when no roster says whose it is. */
function rowsOf({ grades }: ClassGrades): readonly Row[] {
  return grades.flatMap((grade): readonly Row[] =>
    grade.submission.students.length === 0
      ? [{ grade, student: undefined }]
      : grade.submission.students.map((student) => ({ grade, student })),
  );
}

/** The labs of the run, from whichever submissions have them. */
function labsOf({ labs, grades }: ClassGrades): readonly LabGrade[] {
  return labs.flatMap((id) => grades.flatMap((grade) => grade.labs.filter(({ lab }) => lab === id)).slice(0, 1));
}

function earnedIn({ labs }: SubmissionGrade, id: string): Cell {
  return labs.find(({ lab }) => lab === id)?.earned ?? "";
}

function twoPlaces(cell: Cell): Cell {
  return typeof cell === "number" ? rounded(cell) : cell;
}
