import type { CheckGrade, ClassGrades, LabGrade, SubmissionGrade } from "../model/grade.ts";
import { pointsText } from "./class-statistics.ts";
import { bounded, harmless } from "./harmless.ts";
import { headlineOf, storyText } from "./story-text.ts";
import { categoryOf, isKeptBack, labName } from "./student-view.ts";
import { whyNoGrade } from "./why-no-grade.ts";
import type { OutputFile } from "./writer.ts";

/** Most characters of a single check's story, of all of them together, and of what is said about the whole submission. */
const longestStory = 8_000;
const mostStories = 1_000_000;
const longestOutput = 20_000;

/**
 * `results.json` of a Gradescope autograder, one a submission. Read by the student, as far as `visibility` lets them, and by staff.
 *
 * The top-level score is the total after adjustments; Gradescope takes it instead of the sum. A hidden check that is not released has
 * no title and no story, and shows itself only when the assignment is published; until then Gradescope keeps back the total, too. One
 * without points is never shown. A submission whose points must not be published gets no file: Gradescope then says that the
 * autograder failed, and records nothing.
 *
 * Format: https://gradescope-autograders.readthedocs.io/en/latest/specs/
 */
export function gradescopeFiles(grades: ClassGrades): readonly OutputFile[] {
  return grades.grades
    .filter((grade) => whyNoGrade(grade) === undefined)
    .map((grade) => ({
      path: `submissions/${grade.submission.id}/results.json`,
      content: `${JSON.stringify(gradescopeResults(grade, grades), null, 1)}\n`,
    }));
}

function gradescopeResults(grade: SubmissionGrade, release: Pick<ClassGrades, "hiddenReleased" | "gradedAt">): unknown {
  let room = mostStories;
  const output = (check: CheckGrade, lab: LabGrade) => {
    const story = storyText(check, Math.min(longestStory, Math.max(200, room)), lab);
    room -= story.length;
    return story;
  };
  return {
    score: grade.total,
    output: bounded(harmless(submissionLines(grade).join("\n")), longestOutput),
    output_format: "text",
    test_output_format: "text",
    test_name_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden",
    extra_data: { gradedAt: release.gradedAt, tier: grade.tier, probes: grade.probes, receipt: grade.receipt },
    tests: grade.labs.flatMap((lab, labIndex) =>
      lab.checks.map((check, index) => {
        const common = {
          score: check.earned,
          max_score: check.points,
          status: check.status === "passed" ? "passed" : "failed",
          number: `${lab.lab.replace("lab-", "") || labIndex + 1}.${index + 1}`,
        };
        return isKeptBack(check, release)
          ? {
              ...common,
              name: `${check.id} (${categoryOf(check)})`,
              tags: [lab.lab, "hidden"],
              visibility: check.points === 0 ? "hidden" : "after_published",
            }
          : {
              ...common,
              name: `${check.id}: ${harmless(check.title)}`,
              ...(check.status === "passed" ? {} : { output: isToBeTold(check) ? output(check, lab) : harmless(headlineOf(check)) }),
              tags: [lab.lab, ...(check.points === 0 ? ["extra"] : []), ...(check.hidden ? ["hidden"] : []), check.status],
              visibility: "visible",
            };
      }),
    ),
  };
}

/** Whether there is a story: of what was not run, there is one sentence. */
function isToBeTold({ status }: CheckGrade): boolean {
  return status === "failed" || status === "stopped";
}

/** What is said above the tests. Nothing of it tells how a hidden check went: Gradescope shows sums itself, when it may. */
function submissionLines({ labs, adjustments, submission, tier }: SubmissionGrade): readonly string[] {
  return [
    ...adjustments.map(
      ({ points, why, lab }) =>
        `${lab === undefined ? "" : `${lab}: `}${signed(points)} ${Math.abs(points) === 1 ? "point" : "points"}: ${why}`,
    ),
    ...labs.flatMap((lab) => [
      ...lab.missingFiles.map((file) => `${labName(lab)}: ${file} is missing; it counts as not started`),
      ...lab.typeFaults.map(({ file, line, column, message }) => `type error  ${file}:${line}:${column}  ${message}`),
      ...lab.misconceptions.map(({ says, section, fit }) => `${fit === "exact" ? "looks like" : "looks much like"}: ${says} (${section})`),
    ]),
    ...submission.refused.map(({ path, why }) => `not taken: ${path}, which ${why}`),
    `graded in a sandbox of tier ${tier}`,
  ];
}

function signed(points: number): string {
  return points > 0 ? `+${pointsText(points)}` : pointsText(points);
}
