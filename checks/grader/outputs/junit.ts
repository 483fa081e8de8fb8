import { create } from "xmlbuilder2";
import type { CheckGrade, ClassGrades, LabGrade, SubmissionGrade } from "../model/grade.ts";
import { pointsText } from "./class-statistics.ts";
import { harmless } from "./harmless.ts";
import { headlineOf, storyText } from "./story-text.ts";
import { type SeenCheck, type SeenLab, seenByStudent } from "./student-view.ts";
import { whyNoGrade } from "./why-no-grade.ts";
import type { OutputFile } from "./writer.ts";

const longestStory = 8_000;

/** An element: what it says of itself, then what is in it. */
type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: string | readonly Element[];
};

/**
 * JUnit XML as GitLab reads it: `classname` is shown as the suite, the content of `failure` as the message, and of two tests with one
 * name only the first is counted.
 *
 * `submissions/ID/junit.xml` is read by the student, in the merge requests and pipelines of their project: a hidden check that is not
 * released has only its id and category, and counts as skipped. `junit.xml` is read by the instructor, in the pipeline that grades: a
 * test for each submission, an error where the grading failed. Wrong code is no failure of that pipeline.
 *
 * No host name, and no time: a grade holds neither. Format: https://docs.gitlab.com/ci/testing/unit_test_reports/
 */
export function junitFiles(grades: ClassGrades): readonly OutputFile[] {
  return [
    { path: "junit.xml", content: xml(grades.course, [classSuite(grades)]) },
    ...grades.grades.map((grade) => ({
      path: `submissions/${grade.submission.id}/junit.xml`,
      content: xml(
        grades.course,
        seenByStudent(grade, grades).labs.map((lab) =>
          suite(
            lab.name,
            lab.checks.map((check) => checkCase(check, lab)),
            grades,
          ),
        ),
      ),
    })),
  ];
}

function classSuite(grades: ClassGrades): Element {
  return suite(
    grades.course,
    grades.grades.map((grade) => submissionCase(grade, grades.course)),
    grades,
  );
}

function submissionCase(grade: SubmissionGrade, course: string): Element {
  const noGrade = whyNoGrade(grade);
  return testCase(course, grade.submission.id, [
    noGrade === undefined
      ? { name: "system-out", attributes: {}, content: `${pointsText(grade.total)} of ${pointsText(grade.points)} points` }
      : { name: "error", attributes: { message: noGrade, type: "grading" }, content: noGrade },
  ]);
}

function checkCase(seen: SeenCheck, { name, lab }: SeenLab): Element {
  if (seen.kind === "kept-back")
    return testCase(name, `${seen.id} (${seen.category})`, [skipped("kept back until hidden checks are released")]);
  const { check } = seen;
  const points = `${pointsText(check.earned)}/${pointsText(check.points)} points`;
  return testCase(name, `${check.id}  ${check.title}`, outcome(check, points, lab));
}

function outcome(check: CheckGrade, points: string, lab: LabGrade): readonly Element[] {
  switch (check.status) {
    case "passed":
      return [];
    case "failed":
      return [{ name: "failure", attributes: { message: headlineOf(check), type: points }, content: storyText(check, longestStory, lab) }];
    case "stopped":
      return [
        {
          name: "error",
          attributes: { message: headlineOf(check), type: check.reason ?? "stopped" },
          content: storyText(check, longestStory, lab),
        },
      ];
    case "not-started":
    case "not-run":
      return [skipped(headlineOf(check))];
    default:
      return check.status satisfies never;
  }
}

function skipped(why: string): Element {
  return { name: "skipped", attributes: { message: why }, content: why };
}

function testCase(classname: string, name: string, content: readonly Element[]): Element {
  return { name: "testcase", attributes: { classname, name, time: 0 }, content };
}

function suite(name: string, cases: readonly Element[], { gradedAt }: ClassGrades): Element {
  return {
    name: "testsuite",
    attributes: { name, ...counts(cases), time: 0, timestamp: gradedAt.replace(/(?:\.\d+)?Z$/, "") },
    content: cases,
  };
}

function counts(cases: readonly Element[]) {
  const withA = (name: string) => cases.filter(({ content }) => typeof content !== "string" && content[0]?.name === name).length;
  return { tests: cases.length, failures: withA("failure"), errors: withA("error"), skipped: withA("skipped") };
}

function xml(name: string, suites: readonly Element[]): string {
  const cases = suites.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  const document = create({ version: "1.0", encoding: "UTF-8" });
  append(document, { name: "testsuites", attributes: { name, ...counts(cases), time: 0 }, content: suites });
  return `${document.end({ prettyPrint: true, indent: " " })}\n`;
}

type Parent = { ele(name: string): Parent; att(name: string, value: string): Parent; txt(text: string): Parent };

function append(parent: Parent, { name, attributes, content }: Element): void {
  const element = parent.ele(name);
  for (const [key, value] of Object.entries(attributes)) element.att(key, harmless(String(value)).replace(/\s+/g, " "));
  if (typeof content === "string") element.txt(harmless(content));
  else for (const each of content) append(element, each);
}
