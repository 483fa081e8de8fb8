import type { SubmissionGrade } from "#checks/grader/model/grade.ts";

/** The grade under a number: no student, group or commit is named, and files that were not taken are only counted. What students wrote stays. */
export function anonymousGrade(grade: SubmissionGrade, number: string): SubmissionGrade {
  const { source, submittedAt, refused } = grade.submission;
  return {
    ...grade,
    submission: {
      id: number,
      source,
      ...(submittedAt === undefined ? {} : { submittedAt }),
      students: [],
      refused: refused.map(({ why }, index) => ({ path: `file ${index + 1}`, why })),
    },
  };
}
