import { localTime } from "#checks/harness/report/local-time.ts";
import { type Style, spread, wrap } from "#checks/harness/report/style.ts";
import { labFolders } from "#launch/implementation.mjs";
import type { LabHistory, Stretch } from "./history.ts";

const heights = "▁▂▃▄▅▆▇█";
const rowLength = 20;
const chartHeight = 8;
/** A few stretches do not fill the line: a column may be so wide. */
const widestColumn = 6;

/** The histories of several labs, a line each: how the points went, where they are, and since when. */
export function historyRows(histories: readonly LabHistory[], { width }: Style): readonly string[] {
  return histories.map(({ lab, stretches, last }) => {
    const bar = sampled(stretches, rowLength).map((stretch) => heights[Math.floor(share(stretch) * (heights.length - 1))]);
    const row = `  ${labFolders[lab].padEnd(20)} ${bar.join("").padEnd(rowLength)}  ${pointsOf(stretches)}`;
    return spread(row, localTime(last.at), width);
  });
}

/** The points of one lab over time, as a chart. Each run that changed them has as much room as any other. */
export function historyChart({ lab, whose, stretches, last }: LabHistory, { paint, width }: Style): readonly string[] {
  const most = stretches.at(-1)?.points ?? 0;
  const margin = String(most).length + 3;
  const room = width - margin - 3;
  const shown = sampled(stretches, room);
  const columnWidth = Math.max(1, Math.min(widestColumn, Math.floor(room / shown.length)));
  const used = columnWidth * shown.length;
  const rows = Array.from({ length: chartHeight }, (_, index) => chartHeight - index).map((level) => {
    const label = level === chartHeight ? most : level === chartHeight / 2 ? Math.round(most / 2) : undefined;
    const cells = shown.map((stretch) => (Math.ceil(share(stretch) * chartHeight) >= level ? "█" : " ").repeat(columnWidth));
    return `${String(label ?? "").padStart(margin)} |${cells.join("")}`.trimEnd();
  });
  const [from, to] = [localTime(stretches[0]?.at ?? last.at), localTime(stretches.at(-1)?.at ?? last.at)];
  return [
    paint.bold(spread(labFolders[lab], whose, width)),
    "",
    ...rows,
    `${"0".padStart(margin)} +${"-".repeat(Math.max(used, 1))}`,
    `${" ".repeat(margin + 2)}${used >= from.length + to.length + 2 ? spread(from, to, used) : from === to ? from : `${from} to ${to}`}`,
    "",
    ...wrap(
      `${pointsOf(stretches)} points; of ${last.passed.length + last.left.length} checks ${last.passed.length} passed`,
      width - 2,
      2,
    ).map((line) => `  ${line}`),
  ];
}

/** At most so many of the stretches, with the first and the last. */
function sampled(stretches: readonly Stretch[], most: number): readonly Stretch[] {
  if (stretches.length <= most) return stretches;
  const step = (stretches.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => stretches[Math.round(index * step)] as Stretch);
}

function share({ earned, points }: Stretch): number {
  return points === 0 ? 0 : Math.min(1, earned / points);
}

function pointsOf(stretches: readonly Stretch[]): string {
  const latest = stretches.at(-1);
  return `${latest?.earned ?? 0}/${latest?.points ?? 0}`;
}
