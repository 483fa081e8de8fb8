import type { Figure, Measured } from "./figures.ts";
import { ratiosOf, type Spread, spreadOf } from "./spread.ts";

/** How much CPU a gigabyte may cost, relative to the classic C server. */
const wantedCpuRatio = 1;

type Entries = readonly (readonly [Figure, Measured])[];

/** The figures as a table of 80 columns: the median, and in brackets the least and the most. */
export function figureTable(entries: Entries): readonly string[] {
  const rows = entries.map(([figure, { ours, classic }]) =>
    row(figure, ...[ours, classic, ratiosOf(ours, classic)].map(spreadOf).map(inWords)),
  );
  return [row("", "ours", "classic C", "ours/classic"), ...rows];
}

/** Whether the server costs no more CPU than the classic C server: a sentence for each direction that was measured. */
export function verdicts(entries: Entries): readonly string[] {
  return entries.flatMap(([figure, { ours, classic }]) => {
    if (figure !== "upload CPU, s/GB" && figure !== "download CPU, s/GB") return [];
    const ratio = spreadOf(ratiosOf(ours, classic))?.median;
    if (ratio === undefined) return [];
    const met = ratio <= wantedCpuRatio ? "met" : "NOT met";
    return [`Wanted, ${figure}: at most ${wantedCpuRatio.toFixed(2)} of the classic C server's. It is ${shortly(ratio)}: ${met}.`];
  });
}

function row(figure: string, ours = "", classic = "", ratio = ""): string {
  return `${figure.padEnd(22)}${ours.padStart(20)}${classic.padStart(20)}${ratio.padStart(18)}`;
}

/** `1279 (1041-1512)`, or `-` for what was not measured. */
function inWords(spread: Spread | undefined): string {
  if (spread === undefined) return "-";
  const { median, least, most } = spread;
  return least === most ? shortly(median) : `${shortly(median)} (${shortly(least)}-${shortly(most)})`;
}

/** Three digits are more than the measurement is worth already. */
function shortly(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
