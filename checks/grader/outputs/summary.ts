import { counted } from "#kit/counted.ts";
import type { CheckGrade, ClassGrades, SubmissionGrade } from "../model/grade.ts";
import { checkStatistics, commonMisconceptions, mostFailed, pointsText, totalsOf } from "./class-statistics.ts";
import { markdownBlock, markdownTable, markdownText, withinBytes } from "./markdown-text.ts";
import { headlineOf, storyText } from "./story-text.ts";
import { categoryOf, isKeptBack, type SeenCheck, seenByStudent, seenClass } from "./student-view.ts";
import { whyNoGrade } from "./why-no-grade.ts";
import type { OutputFile } from "./writer.ts";

/** GitHub refuses a step's summary above 1 MiB, the whole of it; the rest is for what else the step writes. */
const mostBytes = 1_000_000;
const mostChecks = 15;
const mostMisconceptions = 10;
const mostStories = 25;
const longestStory = 4_000;

/**
 * Markdown for the summary page of a GitHub job. `summary.md` tells of the class, `submissions/ID/summary.md` of one submission, with
 * the stories of what fails.
 *
 * Whoever may see a repository may see its summaries: so hidden checks that are not released, and their points, are not in that of the
 * class; of a submission's, id and category. Students are named by the ids of their submissions alone. Nothing of a student's is markup, a link or a mention in it.
 */
export function summaryFiles(grades: ClassGrades): readonly OutputFile[] {
  return [
    { path: "summary.md", content: withinBytes(classParts(seenClass(grades)), mostBytes) },
    ...grades.grades.map((grade) => ({
      path: `submissions/${grade.submission.id}/summary.md`,
      content: withinBytes(submissionParts(grade, grades), mostBytes),
    })),
  ];
}

function classParts(grades: ClassGrades): readonly string[] {
  const totals = totalsOf(grades);
  const statistics = checkStatistics({ ...grades, grades: [...totals.graded, ...totals.ungraded] });
  const misconceptions = commonMisconceptions(grades).slice(0, mostMisconceptions);
  const hardest = mostFailed(statistics, mostChecks).map(({ check, failed, submissions, counts }) => [
    markdownText(check.id),
    markdownText(check.title),
    `${failed} of ${submissions}`,
    String(counts["not-started"]),
  ]);
  return [
    `### ${markdownText(grades.course)}`,
    "",
    `${totals.graded.length} of ${counted(totals.graded.length + totals.ungraded.length, "submission")} graded${totals.median === undefined ? "" : `; median ${pointsText(totals.median)}, mean ${pointsText(totals.mean ?? 0)} of ${pointsText(totals.points)} points`}${totals.absent.length === 0 ? "" : `; ${totals.absent.length} handed in nothing`}.`,
    ...section(
      "Not graded",
      totals.ungraded.map((grade) => `- ${markdownText(grade.submission.id)}: ${markdownText(whyNoGrade(grade) ?? "")}`),
    ),
    ...section(
      "Commonest misconceptions",
      misconceptions.map(
        ({ says, exact, similar, section }) =>
          `- **${exact.length + similar.length}** ${exact.length + similar.length === 1 ? "submission" : "submissions"}: ${markdownText(says)} (${markdownText(section)})`,
      ),
    ),
    ...section(
      "Checks that most submissions fail",
      hardest.length === 0 ? [] : markdownTable(["check", "what is right", "fail", "not started"], hardest),
    ),
    ...section(
      "Submissions",
      markdownTable(
        ["submission", ...grades.labs, "late and other", "total"],
        grades.grades.map((grade) => submissionRow(grade, grades)),
      ),
    ),
  ];
}

function submissionRow(grade: SubmissionGrade, { labs }: ClassGrades): readonly string[] {
  const adjusted = grade.adjustments.reduce((sum, { points }) => sum + points, 0);
  return [
    markdownText(grade.submission.id),
    ...labs.map((id) => {
      const lab = grade.labs.find((each) => each.lab === id);
      return lab === undefined ? "" : `${pointsText(lab.earned)}/${pointsText(lab.points)}`;
    }),
    adjusted === 0 ? "" : pointsText(adjusted),
    whyNoGrade(grade) === undefined ? `**${pointsText(grade.total)}**/${pointsText(grade.points)}` : "not graded",
  ];
}

function submissionParts(grade: SubmissionGrade, grades: ClassGrades): readonly string[] {
  const seen = seenByStudent(grade, grades);
  const noGrade = whyNoGrade(grade);
  const failed = seen.labs.flatMap(({ lab, checks }) =>
    checks.flatMap((each) => (each.kind === "open" && /^(failed|stopped)$/.test(each.check.status) ? [{ lab, check: each.check }] : [])),
  );
  return [
    `### ${markdownText(grade.submission.id)}: ${noGrade === undefined ? `${pointsText(seen.total)} of ${pointsText(seen.points)} points` : markdownText(noGrade)}`,
    "",
    ...markdownTable(
      ["lab", "points", "passed", "failed", "not started"],
      seen.labs.map(({ name, earned, points, checks }) => [
        markdownText(name),
        `${pointsText(earned)}/${pointsText(points)}`,
        String(count(checks, "passed")),
        String(count(checks, "failed") + count(checks, "stopped")),
        String(count(checks, "not-started")),
      ]),
    ),
    ...(seen.keptBack === 0 ? [] : ["", keptBackWords(seen.keptBack)]),
    ...section(
      "Changes of the points",
      grade.adjustments.map(({ points, why }) => `- ${points > 0 ? "&#43;" : ""}${pointsText(points)}: ${markdownText(why)}`),
    ),
    ...section(
      "It looks like",
      grade.labs
        .flatMap(({ misconceptions }) => misconceptions)
        .map(({ says, section }) => `- ${markdownText(says)} (${markdownText(section)})`),
    ),
    ...section(
      "What fails",
      failed
        .slice(0, mostStories)
        .map(
          ({ check, lab }) =>
            `<details><summary>${markdownText(check.id)}: ${markdownText(headlineOf(check))}</summary>\n\n${markdownBlock(storyText(check, longestStory, lab))}\n</details>`,
        ),
    ),
    ...(failed.length > mostStories ? ["", `and ${failed.length - mostStories} more`] : []),
    ...section(
      "Kept back",
      grade.labs.flatMap(({ checks }) =>
        checks
          .filter((check) => isKeptBack(check, grades))
          .map((check) => `- ${markdownText(check.id)} (${markdownText(categoryOf(check))})`),
      ),
    ),
  ];
}

function count(checks: readonly SeenCheck[], status: CheckGrade["status"]): number {
  return checks.filter((each) => each.kind === "open" && each.check.status === status).length;
}

function keptBackWords(count: number): string {
  return count === 1
    ? "1 hidden check is kept back until it is released, and its points with it."
    : `${count} hidden checks are kept back until they are released, and their points with them.`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `#### ${title}`, "", ...lines];
}
