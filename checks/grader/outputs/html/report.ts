import { createHash } from "node:crypto";
import type { ClassGrades } from "../../model/grade.ts";
import { checkStatistics, totalsOf } from "../class-statistics.ts";
import type { OutputFile } from "../writer.ts";
import { checkList } from "./check-list.ts";
import { dateText } from "./date-text.ts";
import { findAlike } from "./find-alike.ts";
import { heatMap } from "./heat-map.ts";
import { html, render } from "./markup.ts";
import { figures, hardSection, misconceptionSection, pointsSection, studentsSection, ungradedSection } from "./overview.ts";
import { poolStories } from "./story-pool.ts";
import { style } from "./style.ts";
import { submissionPage } from "./submission-page.ts";

/**
 * The report of the class: one HTML file without scripts, fonts or links to elsewhere, so it works offline, can be kept, and has
 * nothing that a student's text could run in. Its content security policy forbids everything but its own style sheet.
 *
 * Read by the instructor: hidden checks are in it with their stories, released or not. A page of a submission shows alone when a link
 * leads to it, and is printed alone then.
 */
export function htmlFiles(grades: ClassGrades): readonly OutputFile[] {
  return [{ path: "report.html", content: htmlReport(grades) }];
}

function htmlReport(grades: ClassGrades): string {
  const handedIn = { ...grades, grades: grades.grades.filter(({ submission }) => submission.source !== "none") };
  const statistics = checkStatistics(handedIn);
  const totals = totalsOf(grades);
  const pool = poolStories(grades);
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  const ids = grades.grades.map(({ submission }) => submission.id);
  const alike = findAlike(grades, pool);
  const tiers = [...new Set(grades.grades.map(({ tier }) => tier))].toSorted().join(", ");
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><title>${grades.course}: grades</title><style>${{ markup: style }}</style></head>
<body id="top"><header><h1>${grades.course}</h1><p>Graded ${dateText(grades.gradedAt)} · ${grades.labs.join(", ")} · sandbox tier ${tiers} · seed ${grades.seed}${grades.hiddenReleased ? "" : " · hidden checks are not released to students"}</p></header>
<nav class="contents" aria-label="Contents"><a href="#points">Points</a> <a href="#misconceptions">Misconceptions</a> <a href="#hardest">Hardest checks</a> <a href="#submissions">Submissions</a> <a href="#heat-map">Heat map</a> <a href="#checks">Check by check</a></nav>
<main><div class="class">${figures(totals)}${ungradedSection(totals)}<div class="columns">${pointsSection(grades, totals)}${misconceptionSection(grades)}</div>${hardSection(statistics)}${studentsSection(grades)}${heatMap(handedIn, statistics, pool)}${checkList(grades, statistics, pool)}</div>
${grades.grades.map((grade, index) => submissionPage(grade, pool, { before: ids[index - 1], after: ids[index + 1], alike }))}
</main><footer><p>Made by 4over6-lab-kit. This file is for instructors: it names students and shows hidden checks.</p></footer></body></html>
`;
  return render(page);
}
