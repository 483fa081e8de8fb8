import type { ClassGrades, SubmissionGrade } from "../model/grade.ts";
import { harmless } from "./harmless.ts";
import { headlineOf, storyText } from "./story-text.ts";
import { seenByStudent } from "./student-view.ts";
import { whyNoGrade } from "./why-no-grade.ts";
import type { Classroom50Context, OutputFile, WriterOptions } from "./writer.ts";

const longestStory = 4_000;
const mostStories = 500_000;

/**
 * `result.json` as an autograder of Classroom 50 writes it (`classroom50/result/v1`), one a submission. Classroom 50 publishes it as a
 * release in the student's repository, so a hidden check that is not released is left out, and its points with it.
 *
 * Scores are whole there: the total is rounded, never above all points. What only Classroom 50 knows (tag, links) comes from
 * `options`; without it, the commit or the hash of the submission stands for a link. A submission whose points must not be published
 * gets no file. Format: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
 */
export function classroom50Files(grades: ClassGrades, { classroom50 }: WriterOptions = {}): readonly OutputFile[] {
  return grades.grades
    .filter((grade) => whyNoGrade(grade) === undefined)
    .map((grade) => ({
      path: `submissions/${grade.submission.id}/result.json`,
      content: `${JSON.stringify(classroom50Result(grade, grades, classroom50), null, 2)}\n`,
    }));
}

/** What the runner of Classroom 50 tells an autograder in its environment; `undefined` when this is not run by it. */
export function classroom50Context(environment: Readonly<Record<string, string | undefined>>): Classroom50Context | undefined {
  const { CLASSROOM: classroom, ASSIGNMENT: assignment, MODE: mode } = environment;
  if (!classroom || !assignment) return undefined;
  const named = {
    owner: environment["USERNAME"],
    submission: environment["SUBMISSION_TAG"],
    commit: environment["COMMIT_URL"],
    release: environment["RELEASE_URL"],
    review: environment["REVIEW_URL"],
  };
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value));
  return { classroom, assignment, ...(mode === "group" || mode === "individual" ? { type: mode } : {}), ...given };
}

function classroom50Result(grade: SubmissionGrade, grades: ClassGrades, context?: Classroom50Context): unknown {
  const { submission, receipt } = grade;
  const seen = seenByStudent(grade, grades);
  const submittedAt = instant(submission.submittedAt ?? grades.gradedAt);
  const state = submission.revision ?? receipt.submission;
  const tag = context?.submission ?? `submit/${submittedAt.replaceAll(":", "-")}-${state.replace("sha256-", "").slice(0, 7)}`;
  const commit = context?.commit ?? state;
  return {
    schema: "classroom50/result/v1",
    classroom: context?.classroom ?? slug(grades.course),
    assignment: context?.assignment ?? slug(grades.labs.join("-")),
    assignment_type: context?.type ?? (submission.students.length > 1 || submission.group !== undefined ? "group" : "individual"),
    owner: context?.owner ?? submission.students[0]?.id ?? submission.id,
    submission: tag.startsWith("submit/") ? tag : `submit/${tag}`,
    commit,
    release: context?.release ?? tag,
    review: context?.review ?? commit,
    datetime: submittedAt,
    graded_at: instant(grades.gradedAt),
    ...whole(seen.total, seen.points),
    tests: tests(seen),
  };
}

function tests({ labs }: ReturnType<typeof seenByStudent>): readonly unknown[] {
  let room = mostStories;
  return labs.flatMap(({ checks, lab }) =>
    checks.flatMap((seen) => {
      if (seen.kind === "kept-back") return [];
      const { check } = seen;
      const passed = check.status === "passed";
      const told = passed
        ? undefined
        : check.status === "failed" || check.status === "stopped"
          ? storyText(check, Math.min(longestStory, Math.max(200, room)), lab)
          : harmless(headlineOf(check));
      room -= told?.length ?? 0;
      return [
        {
          "test-name": `${check.id}: ${harmless(check.title)}`,
          passed,
          ...whole(check.earned, check.points),
          ...(told === undefined ? {} : { output: told }),
        },
      ];
    }),
  );
}

/** Whole points: rounded, at least 0 and at most all. */
function whole(earned: number, points: number) {
  const most = Math.round(points);
  return { score: Math.max(0, Math.min(most, Math.round(earned))), "max-score": most };
}

/** To the second, in UTC. */
function instant(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** A short name as Classroom 50 has them: small letters, digits and `-`. */
function slug(text: string): string {
  const found = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 100);
  return found.length > 1 ? found : "4over6";
}
