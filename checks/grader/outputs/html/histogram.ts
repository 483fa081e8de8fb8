import { type Bin, pointsText, type Totals } from "../class-statistics.ts";
import { html, type Markup } from "./markup.ts";

const width = 640;
const height = 180;
const ground = 150;
const roof = 20;

/** How the totals are spread, as a drawing and, for those who cannot see it, as a table. */
export function histogram(bins: readonly Bin[], { median, points }: Totals): Markup {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const step = width / bins.length;
  const every = Math.ceil(bins.length / 10);
  const binWidth = (bins[0]?.to ?? 0) + 1;
  const x = median === undefined ? undefined : (Math.min(bins.length, (median + 0.5) / binWidth) * step).toFixed(1);
  return html`<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Histogram of the totals, 0 to ${pointsText(points)} points">
<line class="axis" x1="0" x2="${width}" y1="${ground}" y2="${ground}"/>${x === undefined ? "" : html`<line class="median" x1="${x}" x2="${x}" y1="${roof - 10}" y2="${ground}"><title>median ${pointsText(median ?? 0)}</title></line>`}${bins.map(
    ({ from, to, count }, index) => {
      const tall = ((ground - roof) * count) / most;
      const left = index * step;
      return html`
<g><title>${from} to ${to} points: ${count}</title><rect class="bar" x="${(left + 1).toFixed(1)}" y="${(ground - tall).toFixed(1)}" width="${(step - 2).toFixed(1)}" height="${tall.toFixed(1)}"/>${
        count === 0 ? "" : html`<text x="${(left + step / 2).toFixed(1)}" y="${(ground - tall - 4).toFixed(1)}">${count}</text>`
      }${index % every === 0 ? html`<text x="${(left + step / 2).toFixed(1)}" y="${ground + 16}">${from}</text>` : ""}</g>`;
    },
  )}
</svg><figcaption>Submissions by total points${median === undefined ? "" : html`; the dashed line is the median, ${pointsText(median)}`}.</figcaption></figure>
<details><summary>The numbers</summary><table><thead><tr><th scope="col">points</th><th scope="col">submissions</th></tr></thead><tbody>${bins.map(
    ({ from, to, count }) => html`<tr><th scope="row">${from}–${to}</th><td>${count}</td></tr>`,
  )}</tbody></table></details>`;
}
