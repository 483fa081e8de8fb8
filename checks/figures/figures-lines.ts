import { type Style, wrap } from "#checks/harness/report/style.ts";
import { counted } from "#kit/counted.ts";
import type { LabId } from "#launch/implementation.mjs";
import type { CodeSize } from "./code-size.ts";
import { measured } from "./measure-speed.ts";

/** How large and how fast a lab's code is. */
export type Figures = CodeSize & {
  /** What its work takes, in multiples of a plain loop in the same run. `undefined`: it could not be measured. */
  readonly time: number | undefined;
};

/** Nearer than this, no difference is told: one run is not the next. */
const noise = 1.35;

/** Somebody's figures beside the reference's. */
export function figuresLines(lab: LabId, mine: Figures, reference: Figures, { paint, width }: Style): readonly string[] {
  const rows = [
    ["size", `${counted(mine.lines, "line")} of code in ${inFiles(mine)}; the reference has ${reference.lines} in ${inFiles(reference)}`],
    ["speed", `${measured[lab]}: ${speed(mine.time, reference.time)}`],
  ] as const;
  return rows.flatMap(([label, words]) =>
    wrap(words, width - 10).map((line, index) => `  ${index === 0 ? paint.dim(label.padEnd(6)) : " ".repeat(6)}  ${line}`),
  );
}

function inFiles({ files }: CodeSize): string {
  return counted(files, "file");
}

function speed(mine: number | undefined, reference: number | undefined): string {
  if (mine === undefined || reference === undefined) return "could not be measured";
  const ratio = mine / reference;
  if (ratio > noise) return `takes about ${rounded(ratio)} times as long as the reference`;
  if (ratio < 1 / noise) return `about ${rounded(1 / ratio)} times as fast as the reference`;
  return "about as fast as the reference";
}

function rounded(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(1) : String(Math.round(ratio));
}
