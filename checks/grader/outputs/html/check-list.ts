import type { ClassGrades } from "../../model/grade.ts";
import { type CheckStatistics, pointsText } from "../class-statistics.ts";
import { checkAnchor, variantAnchor } from "./anchors.ts";
import { html, type Markup } from "./markup.ts";
import { bar, namesOf } from "./overview.ts";
import { statuses, statusSigns } from "./status.ts";
import type { FailureVariant, StoryPool } from "./story-pool.ts";

/** Of a check, so many of its commonest stories are told. Where pages of submissions refer to here, all that they refer to. */
const mostVariants = 3;

/** Every check that somebody fails, with the ways in which it fails: the commonest first. */
export function checkList({ labs, grades }: ClassGrades, statistics: readonly CheckStatistics[], pool: StoryPool): Markup {
  const everybody = grades.filter(({ submission }) => submission.source !== "none").map(({ submission }) => submission.id);
  return html`<section id="checks" aria-labelledby="checks-title"><h2 id="checks-title">Check by check</h2>
<p>How each check fails, and with what story. Submissions with the same story are told of together.</p>${labs.map((lab) => {
    const own = statistics.filter((each) => each.lab === lab);
    return own.length === 0 ? html`` : html`<h3>${lab}</h3>${own.map((each) => checkEntry(each, pool, everybody))}`;
  })}</section>`;
}

function checkEntry({ check, counts, failed, submissions }: CheckStatistics, pool: StoryPool, everybody: readonly string[]): Markup {
  const variants = pool.variantsOf(check.id);
  const told = variants.filter((variant) => isTold(variant, pool));
  const untold = variants.filter((variant) => !told.includes(variant));
  const count = statuses
    .filter((status) => status !== "passed" && counts[status] > 0)
    .map((status) => `${counts[status]} ${statusSigns[status].word}`);
  return html`
<details class="check"><summary>${bar(failed, submissions)} <code>${check.id}</code>${check.hidden ? html` <small class="tag">hidden</small>` : ""} <span>${check.title}</span> <small>${count.join(", ")}</small></summary><div id="${checkAnchor(check.id)}">
<p>Worth ${pointsText(check.points)} of each of ${submissions} submissions. Rule: <code>${check.rule}</code>.</p>${told.map(
    (variant) =>
      html`<h4 id="${variantAnchor(variant)}">${variant.submissions.length} ${variant.submissions.length === 1 ? "submission" : "submissions"}</h4><div class="names">${namesOf(variant.submissions, everybody)}</div><pre tabindex="0">${{ markup: variant.markup }}</pre>`,
  )}${
    untold.length === 0
      ? ""
      : html`<div class="names">Other stories: ${namesOf(
          untold.flatMap((variant) => variant.submissions),
          everybody,
        )}</div>`
  }</div></details>`;
}

/** Whether the story stands in this list. */
export function isTold(variant: FailureVariant, pool: StoryPool): boolean {
  return pool.repeated ? variant.number <= mostVariants : isShared(variant, pool);
}

/** Whether the pages of its submissions do not tell this story, but refer to it. */
export function isShared({ submissions }: FailureVariant, { repeated }: StoryPool): boolean {
  return !repeated && submissions.length > 1;
}
