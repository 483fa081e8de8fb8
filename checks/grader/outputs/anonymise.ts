import { anonymousGrade } from "../class/anonymous-grade.ts";
import { numberSubmissions } from "../class/number-students.ts";
import type { ClassGrades, SubmissionGrade } from "../model/grade.ts";

/**
 * The grades with numbers for names, when that is asked for and was not done before: in no format is a student, a group or a commit
 * named. What students wrote into their own messages stays.
 */
export function anonymised(grades: ClassGrades): ClassGrades {
  if (!grades.anonymous || grades.grades.every(isNumbered)) return grades;
  const numbers = numberSubmissions(
    grades.grades.map(({ submission }) => submission.id),
    grades.seed,
  );
  const numbered = grades.grades.map((grade) => anonymousGrade(grade, numbers.get(grade.submission.id) ?? "submission"));
  return { ...grades, grades: numbered.toSorted((a, b) => (a.submission.id < b.submission.id ? -1 : 1)) };
}

function isNumbered({ submission }: SubmissionGrade): boolean {
  return /^submission-\d{3,}$/.test(submission.id) && submission.students.length === 0;
}
