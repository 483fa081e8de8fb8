import type { ClassGrades, SubmissionGrade } from "../model/grade.ts";

/**
 * The grades with numbers for names, when that is asked for: no student, group, repository or commit is named, and files that were not
 * taken are only counted. The numbers follow the hashes of the submissions, so that they tell nothing about the alphabet and are the
 * same in every format. What students wrote into their own messages stays.
 */
export function anonymised(grades: ClassGrades): ClassGrades {
  if (!grades.anonymous || grades.grades.every(isNumbered)) return grades;
  const inOrder = grades.grades.toSorted(
    (a, b) => compare(a.receipt.submission, b.receipt.submission) || compare(a.submission.id, b.submission.id),
  );
  const digits = Math.max(3, String(inOrder.length).length);
  return {
    ...grades,
    grades: inOrder.map((grade, index) => numbered(grade, `submission-${String(index + 1).padStart(digits, "0")}`)),
  };
}

function numbered(grade: SubmissionGrade, id: string): SubmissionGrade {
  const { source, submittedAt, refused } = grade.submission;
  return {
    ...grade,
    submission: {
      id,
      source,
      ...(submittedAt === undefined ? {} : { submittedAt }),
      students: [],
      refused: refused.map(({ why }, index) => ({ path: `file ${index + 1}`, why })),
    },
  };
}

function isNumbered({ submission }: SubmissionGrade): boolean {
  return /^submission-\d{3,}$/.test(submission.id) && submission.students.length === 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
