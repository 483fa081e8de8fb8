import type { LabId } from "#launch/implementation.mjs";
import type { CheckGrade, ClassGrades, LabGrade, SubmissionGrade } from "../../model/grade.ts";
import { type CheckStatistics, pointsText } from "../class-statistics.ts";
import { checkAnchor, failureAnchor, submissionAnchor, variantAnchor } from "./anchors.ts";
import { isShared } from "./check-list.ts";
import { html, type Markup } from "./markup.ts";
import { statuses, statusSigns } from "./status.ts";
import type { StoryPool } from "./story-pool.ts";

/** Checks by submissions, a table for each lab: best submissions first, checks in the order of the handout. */
export function heatMap(grades: ClassGrades, statistics: readonly CheckStatistics[], pool: StoryPool): Markup {
  return html`<section id="heat-map" aria-labelledby="heat-map-title"><h2 id="heat-map-title">Heat map</h2>
<p class="legend">A row is a submission, a column a check: ${statuses.map((status, index) => {
    const { sign, word, style } = statusSigns[status];
    return html`${index === 0 ? "" : ", "}<span class="cell ${style}">${sign}</span> ${word}`;
  })}. A failed one leads to its story.</p>
${grades.labs.map((lab) =>
  labMap(
    lab,
    statistics.filter((each) => each.lab === lab),
    grades.grades,
    pool,
  ),
)}
</section>`;
}

function labMap(id: LabId, statistics: readonly CheckStatistics[], grades: readonly SubmissionGrade[], pool: StoryPool): Markup {
  const rows = grades
    .flatMap((grade) => grade.labs.filter(({ lab }) => lab === id).map((lab) => ({ id: grade.submission.id, lab })))
    .toSorted((a, b) => b.lab.earned - a.lab.earned);
  const first = rows[0]?.lab;
  if (first === undefined) return html``;
  return html`<h3 id="heat-${id}">${id} ${first.title}</h3>
<div class="scroll" tabindex="0" role="region" aria-labelledby="heat-${id}"><table class="heat"><thead><tr><th scope="col">submission</th><th scope="col">points</th>${statistics.map(
    ({ check, failed, submissions }) =>
      html`<th scope="col" title="${check.title} (${failed} of ${submissions} fail)"><a href="#${checkAnchor(check.id)}">${shortName(check.id)}</a></th>`,
  )}</tr></thead><tbody>${rows.map((row) => mapRow(row.id, row.lab, statistics, pool))}</tbody></table></div>`;
}

function mapRow(id: string, { checks, earned, points }: LabGrade, statistics: readonly CheckStatistics[], pool: StoryPool): Markup {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return html`
<tr><th scope="row"><a href="#${submissionAnchor(id)}">${id}</a></th><td class="points">${pointsText(earned)}/${pointsText(points)}</td>${statistics.map(({ check }) => cell(id, byId.get(check.id), pool))}</tr>`;
}

/** Written as short as HTML allows: there are tens of thousands. Whose it is says the row's head, which stays in sight. */
function cell(id: string, check: CheckGrade | undefined, pool: StoryPool): Markup {
  if (check === undefined) return html`<td class=q title="not part of this submission">?`;
  const { sign, word, style } = statusSigns[check.status];
  const title = html`${shortName(check.id)}: ${word}`;
  const variant = pool.variantOf(id, check.id);
  if (variant === undefined) return html`<td class=${style} title="${title}">${sign}`;
  const story = isShared(variant, pool) ? variantAnchor(variant) : failureAnchor(id, variant);
  return html`<td class=${style}><a title="${title}" href="#${story}">${sign}</a>`;
}

/** The id without its lab: the table says that one. */
export function shortName(check: string): string {
  return check.replace(/^[^.]*\./, "");
}
