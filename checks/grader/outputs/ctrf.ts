import type { CheckGrade, ClassGrades, SubmissionGrade } from "../model/grade.ts";
import { harmless } from "./harmless.ts";
import { headlineOf, storyText } from "./story-text.ts";
import { type SeenCheck, type SeenLab, seenByStudent } from "./student-view.ts";
import { whyNoGrade } from "./why-no-grade.ts";
import type { OutputFile } from "./writer.ts";

const longestStory = 8_000;

/**
 * A report in the Common Test Report Format, one a submission. Read by the student, by way of whatever shows test reports in their
 * repository: a hidden check that is not released has only its id and category, and counts as skipped.
 *
 * A grade does not hold how long a check took, so every duration is 0. Format: https://ctrf.io/docs/category/specification
 */
export function ctrfFiles(grades: ClassGrades): readonly OutputFile[] {
  return grades.grades.map((grade) => ({
    path: `submissions/${grade.submission.id}/ctrf.json`,
    content: `${JSON.stringify(ctrfReport(grade, grades), null, 1)}\n`,
  }));
}

function ctrfReport(grade: SubmissionGrade, { gradedAt, course, hiddenReleased }: ClassGrades): unknown {
  const seen = seenByStudent(grade, { hiddenReleased });
  const tests = seen.labs.flatMap((lab) => lab.checks.map((check) => ctrfTest(check, lab)));
  const at = Date.parse(gradedAt);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const noGrade = whyNoGrade(grade);
  return {
    reportFormat: "CTRF",
    specVersion: "0.0.0",
    timestamp: gradedAt,
    generatedBy: "4over6-lab-kit",
    results: {
      tool: { name: "4over6-lab-kit", extra: { kit: grade.receipt.kit, checks: grade.receipt.checks } },
      summary: {
        tests: tests.length,
        passed: count("passed"),
        failed: count("failed"),
        skipped: count("skipped"),
        pending: count("pending"),
        other: count("other"),
        suites: seen.labs.length,
        start: at,
        stop: at,
        extra: { points: seen.points, keptBack: seen.keptBack, ...(noGrade === undefined ? { total: seen.total } : { noGrade }) },
      },
      tests,
      environment: {
        reportName: course,
        appName: grade.submission.id,
        ...(grade.submission.revision === undefined ? {} : { commit: grade.submission.revision }),
        extra: { tier: grade.tier, node: grade.receipt.node, seed: grade.receipt.seed },
      },
    },
  };
}

function ctrfTest(seen: SeenCheck, lab: SeenLab) {
  const common = { duration: 0, suite: [lab.name] };
  if (seen.kind === "kept-back")
    return {
      ...common,
      name: `${seen.id} (${seen.category})`,
      status: "skipped",
      rawStatus: "kept back",
      message: "How a hidden check went is told when it is released.",
      tags: [lab.lab.lab, "hidden"],
    };
  const { check } = seen;
  return {
    ...common,
    name: `${check.id}: ${harmless(check.title)}`,
    status: ctrfStatus(check.status),
    rawStatus: check.status,
    ...(check.status === "passed" ? {} : { message: harmless(headlineOf(check)) }),
    ...(check.status === "failed" || check.status === "stopped" ? { trace: storyText(check, longestStory, lab.lab) } : {}),
    tags: [lab.lab.lab, ...(check.points === 0 ? ["extra"] : [])],
    extra: { earned: check.earned, points: check.points, rule: check.rule },
  };
}

/** A part that is not written yet is `pending`, as in other test reports. */
function ctrfStatus(status: CheckGrade["status"]): "passed" | "failed" | "pending" | "skipped" {
  switch (status) {
    case "passed":
      return "passed";
    case "failed":
    case "stopped":
      return "failed";
    case "not-started":
      return "pending";
    case "not-run":
      return "skipped";
    default:
      return status satisfies never;
  }
}
