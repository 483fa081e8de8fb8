import { counted } from "#kit/counted.ts";
import { type CheckResult, isExtra } from "../check-result.ts";
import type { LikelyMisconception } from "../likely-misconception.ts";
import { type Asked, againCommand } from "./again-command.ts";
import { inOneLine } from "./columns.ts";
import { keptWords } from "./kept-lines.ts";
import { likelyLines } from "./likely-lines.ts";
import { storyLines } from "./story-lines.ts";
import { fit, type Style, spread, wrap } from "./style.ts";

const indent = "    ";
const mostPrintedLines = 12;

/**
 * A failing check as a story: what was done, what was expected, the bytes, the rule, and the way on.
 *
 * @param likely the mistakes that this failure, together with the others, looks like
 * @param asked what was asked for, and has to be asked for again
 */
export function failureLines(
  result: CheckResult,
  { paint, width }: Style,
  likely: readonly LikelyMisconception[] = [],
  asked: Asked = {},
): readonly string[] {
  const { id, title, failure, printed, kept } = result;
  const points = isExtra(result) ? "extra" : `${result.earned}/${result.points} points`;
  const tone = isExtra(result) ? paint.yellow : paint.red;
  const [first = "", ...more] = wrap(`x ${id}  ${title}`, width - points.length - 2, 2);
  const capture = failure?.capture;
  return [
    tone(spread(first, points, width)),
    ...more.map((line) => tone(line)),
    ...(failure === undefined ? [] : storyLines(failure, { paint, width })),
    ...(printed === undefined ? [] : printedLines(printed, { paint, width })),
    paint.dim(`${indent}rule    `) + result.rule,
    ...likelyLines(likely, { paint, width }),
    ...[
      ["hint    ", `npm run hint ${id}`],
      ...(kept === undefined ? [] : [["kept    ", keptWords(kept)]]),
      ["again   ", againCommand(id, asked)],
      ...(capture === undefined ? [] : [["capture ", `${capture.file}  frame ${capture.frame}`]]),
    ].map(([label = "", text = ""]) => paint.dim(indent + label) + text),
  ];
}

function printedLines(printed: string, { paint, width }: Style): readonly string[] {
  const lines = printed.trimEnd().split(/\r?\n/);
  const missing = lines.length - mostPrintedLines;
  return [
    `${indent}your code printed`,
    ...lines.slice(0, mostPrintedLines).map((line) => paint.dim(fit(`${indent}  | ${inOneLine(line)}`, width))),
    ...(missing > 0 ? [paint.dim(`${indent}  and ${counted(missing, "more line")}`)] : []),
  ];
}
