import type { ClassGrades, SubmissionGrade } from "../../model/grade.ts";
import {
  type CheckStatistics,
  commonMisconceptions,
  distribution,
  labStatistics,
  mostFailed,
  pointsText,
  type Totals,
} from "../class-statistics.ts";
import { labName } from "../student-view.ts";
import { whyNoGrade } from "../why-no-grade.ts";
import { checkAnchor, submissionAnchor } from "./anchors.ts";
import { histogram } from "./histogram.ts";
import { html, type Markup } from "./markup.ts";

const mostBins = 20;
const mostHard = 15;
/** Of those whom something is true of, so many are named at once. */
const mostNamed = 4;

/** The figures that an instructor wants first. */
export function figures({ graded, absent, ungraded, points, mean, median }: Totals): Markup {
  const complete = graded.filter((grade) => grade.earned === grade.points).length;
  const late = graded.filter(({ adjustments }) => adjustments.some(({ kind }) => kind === "late")).length;
  const all: readonly (readonly [string, string, string?])[] = [
    [String(graded.length + ungraded.length), "submissions"],
    ...(absent.length === 0 ? [] : [[String(absent.length), "handed in nothing"] as const]),
    [median === undefined ? "–" : pointsText(median), "median", `of ${pointsText(points)} points`],
    [mean === undefined ? "–" : pointsText(Math.round(mean * 10) / 10), "mean", `of ${pointsText(points)} points`],
    [String(complete), "pass every check"],
    [String(late), "late"],
    [String(ungraded.length), "not graded"],
  ];
  return html`<ul class="figures">${all.map(([number, word, more]) => html`<li><b>${number}</b> <span>${word}${more === undefined ? "" : html` <small>${more}</small>`}</span></li>`)}</ul>`;
}

export function ungradedSection({ ungraded }: Totals): Markup {
  if (ungraded.length === 0) return html``;
  return html`<section aria-labelledby="ungraded-title" class="alert"><h2 id="ungraded-title">Not graded</h2><ul>${ungraded.map(
    (grade) => html`<li>${studentLink(grade)}: ${whyNoGrade(grade)}</li>`,
  )}</ul></section>`;
}

export function pointsSection(grades: ClassGrades, totals: Totals): Markup {
  const rows = labStatistics(grades, totals).map(
    ({ lab, title, points, mean, complete, empty }) =>
      html`<tr><th scope="row">${labName({ lab, title })}</th><td class="number">${bar(mean, points)} ${pointsText(Math.round(mean * 10) / 10)}<small>/${pointsText(points)}</small></td><td class="number">${complete}</td><td class="number">${empty}</td></tr>`,
  );
  return html`<section id="points" aria-labelledby="points-title"><h2 id="points-title">Points</h2>${histogram(distribution(totals, mostBins), totals)}
<div class="scroll"><table><thead><tr><th scope="col">lab</th><th scope="col">mean</th><th scope="col">complete</th><th scope="col">no point</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

export function misconceptionSection(grades: ClassGrades): Markup {
  const found = commonMisconceptions(grades);
  const most = Math.max(1, ...found.map(({ exact, similar }) => exact.length + similar.length));
  const rows = found.map(({ lab, says, section, exact, similar }) => {
    const all = [...exact, ...similar];
    return html`<tr><td>${lab}</td><th scope="row">${says} <small>${section}</small><details><summary>whose</summary><span class="names">${all.map(idLink)}</span></details></th><td class="number">${bar(all.length, most)} ${all.length}</td></tr>`;
  });
  return html`<section id="misconceptions" aria-labelledby="misconceptions-title"><h2 id="misconceptions-title">Commonest misconceptions</h2>${
    rows.length === 0
      ? html`<p>No pattern of failing checks points to a known mistake.</p>`
      : html`<div class="scroll low" tabindex="0" role="region" aria-labelledby="misconceptions-title"><table><thead><tr><th scope="col">lab</th><th scope="col">what a teacher would say</th><th scope="col">submissions</th></tr></thead><tbody>${rows}</tbody></table></div>`
  }</section>`;
}

export function hardSection(statistics: readonly CheckStatistics[]): Markup {
  const rows = mostFailed(statistics, mostHard).map(
    ({ check, failed, submissions, counts }) =>
      html`<tr><th scope="row"><a href="#${checkAnchor(check.id)}">${check.id}</a>${check.hidden ? html` <small class="tag">hidden</small>` : ""}<br><small>${check.title}</small></th><td class="number">${bar(failed, submissions)} ${failed} <small>${percent(failed, submissions)}</small></td><td class="number">${counts["not-started"]}</td><td class="number">${pointsText(check.points)}</td></tr>`,
  );
  return html`<section id="hardest" aria-labelledby="hardest-title"><h2 id="hardest-title">Hardest checks</h2>${
    rows.length === 0
      ? html`<p>No check fails.</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="hardest-title"><table><thead><tr><th scope="col">check</th><th scope="col">fail</th><th scope="col">not started</th><th scope="col">worth</th></tr></thead><tbody>${rows}</tbody></table></div>`
  }</section>`;
}

export function studentsSection({ grades, labs }: ClassGrades): Markup {
  const rows = grades.map((grade) => {
    const noGrade = whyNoGrade(grade);
    const changed = grade.adjustments.reduce((sum, { points }) => sum + points, 0);
    return html`
<tr><th scope="row">${studentLink(grade)}</th><td class="names">${whoseNames(grade)}</td>${labs.map((id) => {
      const lab = grade.labs.find((each) => each.lab === id);
      return html`<td class="number">${lab === undefined ? "" : html`${pointsText(lab.earned)}<small>/${pointsText(lab.points)}</small>`}</td>`;
    })}<td class="number">${changed === 0 ? "" : pointsText(changed)}</td><td class="number">${noGrade === undefined ? html`<b>${pointsText(grade.total)}</b><small>/${pointsText(grade.points)}</small>` : "not graded"}</td></tr>`;
  });
  return html`<section id="submissions" aria-labelledby="submissions-title"><h2 id="submissions-title">Submissions</h2>
<div class="scroll tall" tabindex="0" role="region" aria-labelledby="submissions-title"><table class="sticky"><thead><tr><th scope="col">submission</th><th scope="col">by</th>${labs.map((lab) => html`<th scope="col" class="number">${lab}</th>`)}<th scope="col" class="number">changed</th><th scope="col" class="number">total</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** The names of those whose submission it is. Nobody knows in which direction they are written. */
export function whoseNames({ submission }: SubmissionGrade): Markup {
  return html`${submission.students.map(({ name }, index) => html`${index === 0 ? "" : ", "}<bdi>${name}</bdi>`)}`;
}

function names(ids: readonly string[]): Markup {
  if (ids.length <= mostNamed) return html`${ids.map(idLink)}`;
  return html`${ids.slice(0, mostNamed).map(idLink)}<details><summary>${ids.length - mostNamed} more</summary>${ids.slice(mostNamed).map(idLink)}</details>`;
}

/** The same of most of the class, in fewer words. */
export function namesOf(ids: readonly string[], everybody: readonly string[]): Markup {
  if (ids.length <= mostNamed || ids.length * 2 <= everybody.length) return names(ids);
  const there = new Set(ids);
  const others = everybody.filter((id) => !there.has(id));
  return others.length === 0 ? html`all` : html`all but ${names(others)}`;
}

function idLink(id: string): Markup {
  return html`<a href="#${submissionAnchor(id)}">${id}</a> `;
}

function studentLink({ submission }: SubmissionGrade): Markup {
  return html`<a href="#${submissionAnchor(submission.id)}">${submission.id}</a>`;
}

/** How much of something, in a line of text. */
export function bar(part: number, whole: number): Markup {
  return html`<svg class="bar-of" viewBox="0 0 60 10" aria-hidden="true"><rect class="rest" width="60" height="10"/><rect class="bar" width="${((60 * part) / Math.max(1, whole)).toFixed(1)}" height="10"/></svg>`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / Math.max(1, whole))} %`;
}
