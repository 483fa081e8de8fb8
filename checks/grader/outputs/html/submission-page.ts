import { inOneLine } from "#checks/harness/report/columns.ts";
import { fit } from "#checks/harness/report/style.ts";
import type { CheckGrade, LabGrade, SubmissionGrade } from "../../model/grade.ts";
import { pointsText } from "../class-statistics.ts";
import { bounded } from "../harmless.ts";
import { headlineOf } from "../story-text.ts";
import { labName } from "../student-view.ts";
import { whyNoGrade } from "../why-no-grade.ts";
import { failureAnchor, labAnchor, submissionAnchor, variantAnchor } from "./anchors.ts";
import { isShared, isTold } from "./check-list.ts";
import { dateText } from "./date-text.ts";
import type { Alike } from "./find-alike.ts";
import { shortName } from "./heat-map.ts";
import { html, type Markup } from "./markup.ts";
import { whoseNames } from "./overview.ts";
import { statusSigns } from "./status.ts";
import type { StoryPool } from "./story-pool.ts";

/** With at most so many failures, their stories are open from the beginning. */
const mostOpen = 6;
/** Of a lab, so many failures are told; others are named. Who fails more has not understood something at the beginning. */
const mostTold = 25;
const longestHeadline = 120;
const mostTypeFaults = 10;
const mostPrinted = 2_000;

/** Who comes before and after in the class, and who fails in the same way. */
export type Neighbours = { readonly before: string | undefined; readonly after: string | undefined; readonly alike: Alike };

/** Everything about one submission: a page of its own when a link leads to it. */
export function submissionPage(grade: SubmissionGrade, pool: StoryPool, { before, after, alike }: Neighbours): Markup {
  const { submission, labs, adjustments } = grade;
  const anchor = submissionAnchor(submission.id);
  const noGrade = whyNoGrade(grade);
  const failures = labs.flatMap(({ checks }) => checks).filter(isFailure).length;
  return html`
<article class="page" id="${anchor}" aria-labelledby="${anchor}-title"><nav aria-label="Submissions"><a href="#top">the whole class</a>${turnTo(before, "before:")}${turnTo(after, "next:")}</nav>
<h2 id="${anchor}-title">${submission.id} <span class="names">${whoseNames(grade)}</span></h2>
<p class="total">${noGrade === undefined ? html`<b>${pointsText(grade.total)}</b> of ${pointsText(grade.points)} points` : html`<b>Not graded</b>: ${noGrade}`}</p>
<dl class="facts">${facts(grade).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<div class="scroll"><table><thead><tr><th scope="col">lab</th><th scope="col">points</th><th scope="col">checks</th></tr></thead><tbody>${labs.map(
    (lab) =>
      html`<tr><th scope="row">${labName(lab)}</th><td class="number">${pointsText(lab.earned)}/${pointsText(lab.points)}</td><td class="strip">${strip(lab.checks)}</td></tr>`,
  )}${adjustments.map(
    ({ kind, points, why, lab }) =>
      html`<tr><th scope="row">${kind === "late" ? "late" : "changed by hand"}${lab === undefined ? "" : ` (${lab})`}</th><td class="number">${points > 0 ? "+" : ""}${pointsText(points)}</td><td>${why}</td></tr>`,
  )}</tbody></table></div>
${labs.map((lab) => labPart(lab, submission.id, pool, alike(submission.id, lab.lab), failures <= mostOpen))}
<details class="receipt"><summary>Receipt: sandbox tier ${grade.tier}, seed ${grade.receipt.seed}, Node ${grade.receipt.node}</summary><p>What the tier rests on:</p><ul>${grade.probes.map((probe) => html`<li>${probe}</li>`)}</ul><dl>${(["submission", "kit", "checks", "verdicts"] as const).map((name) => html`<dt>${name}</dt><dd><code>${grade.receipt[name]}</code></dd>`)}</dl></details>
</article>`;
}

function turnTo(id: string | undefined, words: string): Markup {
  return id === undefined ? html`` : html` <a href="#${submissionAnchor(id)}">${words} ${id}</a>`;
}

const sourceWords = { git: "a git repository", archive: "an archive", folder: "a folder" } as const;

function facts({ submission }: SubmissionGrade): readonly (readonly [string, Markup])[] {
  const { students, group, refused } = submission;
  return [
    ...(students.length === 0
      ? []
      : [
          [
            "students",
            html`${students.map(({ id, email }, index) => html`${index === 0 ? "" : ", "}${id}${email === undefined ? "" : ` <${email}>`}`)}`,
          ] as const,
        ]),
    ...(group === undefined ? [] : [["group", html`${group}`] as const]),
    ["handed in", handedIn(submission)],
    ...(refused.length === 0
      ? []
      : [
          [
            "not taken",
            html`${refused.slice(0, 20).map(({ path, why }) => html`<code>${path}</code> ${why}; `)}${refused.length > 20 ? `and ${refused.length - 20} more` : ""}`,
          ] as const,
        ]),
  ];
}

function handedIn({ source, revision, submittedAt }: SubmissionGrade["submission"]): Markup {
  if (source === "none") return html`nothing`;
  const when = submittedAt === undefined ? "at an unknown time" : dateText(submittedAt);
  return html`${when}, as ${sourceWords[source]}${revision === undefined ? "" : html`, commit <code>${revision.slice(0, 12)}</code>`}`;
}

/** The lab's row of the heat map. What is alike and stands together is one element. */
function strip(checks: readonly CheckGrade[]): Markup {
  const count = (style: string) => checks.filter(({ status }) => statusSigns[status].style === style).length;
  const runs: { readonly style: string; signs: string }[] = [];
  for (const { status } of checks) {
    const { style, sign } = statusSigns[status];
    const last = runs.at(-1);
    if (last?.style === style) last.signs += sign;
    else runs.push({ style, signs: sign });
  }
  return html`<span role="img" aria-label="${Object.values(statusSigns)
    .filter(({ style }) => count(style) > 0)
    .map(({ style, word }) => `${count(style)} ${word}`)
    .join(", ")}">${runs.map(({ style, signs }) => html`<i class=${style}>${signs}</i>`)}</span>`;
}

function labPart(lab: LabGrade, id: string, pool: StoryPool, alike: string | undefined, open: boolean): Markup {
  const failed = lab.checks.filter(isFailure);
  const missing = lab.checks.filter(({ status }) => status === "not-started" || status === "not-run");
  if (failed.length + missing.length + lab.misconceptions.length + lab.typeFaults.length + lab.missingFiles.length === 0) return html``;
  return html`
<h3 id="${labAnchor(id, lab.lab)}">${labName(lab)}</h3>${lab.misconceptions.map(
    ({ says, section, fit }) =>
      html`<p class="looks"><b>${fit === "exact" ? "Looks like" : "Looks much like"}:</b> ${says} <small>${section}</small></p>`,
  )}${lab.missingFiles.length === 0 ? "" : html`<p>Missing: ${lab.missingFiles.join(", ")}</p>`}${typeFaults(lab)}${alike === undefined ? failureList(failed, id, pool, open) : html`<p>${failed.length} fail, each with the same story as for <a href="#${labAnchor(alike, lab.lab)}">${alike}</a>.</p>`}${
    missing.length === 0
      ? ""
      : html`<p class="missing">${missing.length} not started: ${missing.map(({ id }) => shortName(id)).join(", ")}</p>`
  }`;
}

function failureList(checks: readonly CheckGrade[], id: string, pool: StoryPool, open: boolean): Markup {
  const [told, more] = [checks.slice(0, mostTold), checks.slice(mostTold)];
  return html`${told.map((check) => failure(check, id, pool, open))}${
    more.length === 0
      ? ""
      : html`<p>${more.length} more fail: ${more.map((check, index) => html`${index === 0 ? "" : ", "}${failureName(check, id, pool)}`)}</p>`
  }`;
}

/** A check's name, which leads to its story where that is told. */
function failureName(check: CheckGrade, id: string, pool: StoryPool): Markup {
  const variant = pool.variantOf(id, check.id);
  const name = shortName(check.id);
  if (variant === undefined) return html`${name}`;
  const target = isShared(variant, pool) ? "" : html` id="${failureAnchor(id, variant)}"`;
  return isTold(variant, pool) ? html`<a${target} href="#${variantAnchor(variant)}">${name}</a>` : html`<span${target}>${name}</span>`;
}

function typeFaults({ typeFaults }: LabGrade): Markup {
  if (typeFaults.length === 0) return html``;
  const lines = typeFaults
    .slice(0, mostTypeFaults)
    .map(({ file, line, column, message, source }) => `${file}:${line}:${column}  ${message}\n    ${source.trim()}`);
  return html`<p>Type errors:</p><pre tabindex="0">${bounded(lines.join("\n"), mostPrinted)}</pre>`;
}

function failure(check: CheckGrade, id: string, pool: StoryPool, open: boolean): Markup {
  const variant = pool.variantOf(id, check.id);
  const others = (variant?.submissions.length ?? 1) - 1;
  const { style, sign } = statusSigns[check.status];
  const more = html`${check.hidden ? html` <small class="tag">hidden</small>` : ""} ${check.title} <small>${fit(inOneLine(headlineOf(check)), longestHeadline)}</small>${
    others === 0 ? "" : html` <small class="tag">as ${others} ${others === 1 ? "other" : "others"}</small>`
  }`;
  const head = html`<span class="cell ${style}">${sign}</span> `;
  if (variant === undefined || isShared(variant, pool)) return html`<p class=shared>${head}${failureName(check, id, pool)}${more}</p>`;
  return html`<details class="failure"${open ? html` open` : ""}><summary>${head}<code>${shortName(check.id)}</code>${more}</summary><pre tabindex="0" id="${failureAnchor(id, variant)}">${{ markup: variant.markup }}</pre></details>`;
}

function isFailure({ status }: CheckGrade): boolean {
  return status === "failed" || status === "stopped";
}
