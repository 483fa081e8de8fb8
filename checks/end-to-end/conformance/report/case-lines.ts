import { inOneLine } from "#checks/harness/report/columns.ts";
import { storyLines } from "#checks/harness/report/story-lines.ts";
import { fit, type Style, spread, wrap } from "#checks/harness/report/style.ts";
import { type ConformanceCase, paceOf } from "../case.ts";
import type { CaseResult } from "../case-result.ts";

const idColumns = 25;
const indent = "    ";
const mostPrintedLines = 8;

/** One line as soon as a case has ended. */
export function resultLine({ id, title }: ConformanceCase, result: CaseResult, { paint, width }: Style): string {
  const took = `${(result.duration / 1000).toFixed(2)} s`;
  const line = (mark: string, words: string) =>
    spread(fit(`${mark.padEnd(3)} ${id.padEnd(idColumns)} ${words}`, width - took.length - 2), took, width);
  switch (result.status) {
    case "passed":
      return `${paint.green("ok ")}${line("ok", title).slice(3)}`;
    case "failed":
      return paint.red(line("x", title));
    case "not-tested":
      return paint.yellow(line("-", `not tested: ${result.why}`));
    default:
      return result satisfies never;
  }
}

/** A failure as a story: what was sent and what came, what was expected, what is behind it, and where the rule stands. */
export function failureStory(conformanceCase: ConformanceCase, result: CaseResult, style: Style): readonly string[] {
  if (result.status !== "failed") return [];
  const { id, title, why, rule } = conformanceCase;
  const { paint, width } = style;
  return [
    ...wrap(`x ${id}  ${title}`, width, 2).map((line) => paint.red(line)),
    ...storyLines({ ...result.failure, at: result.failure.at ?? 0 }, style),
    ...printedLines(result.printed, style),
    // Of a server that does not start there is nothing to learn about this rule.
    ...(result.neverUp ? [] : [...labelled("why", why, style), ...labelled("rule", rule, style)]),
    ...labelled("again", `add --only ${id} to the same command`, style),
  ];
}

function printedLines(printed: string, { paint, width }: Style): readonly string[] {
  const lines = printed.trimEnd().split(/\r?\n/).slice(-mostPrintedLines);
  if (printed.trim() === "") return [];
  return [`${indent}the server printed`, ...lines.map((line) => paint.dim(fit(`${indent}  | ${inOneLine(line)}`, width)))];
}

function labelled(label: string, text: string, { paint, width }: Style): readonly string[] {
  const [first = "", ...more] = wrap(text, width - indent.length - 8);
  return [paint.dim(indent + label.padEnd(8)) + first, ...more.map((line) => `${indent}        ${line}`)];
}

/** `--list`: every case, its sentence and its rule. */
export function listLines(cases: readonly ConformanceCase[], { paint, width }: Style): readonly string[] {
  return cases.flatMap((each) => [
    paint.bold(each.id) + (paceOf(each) === "quick" ? "" : paint.dim("   takes about 65 s")),
    ...wrap(`    ${each.title}. ${each.rule}`, width, 4),
  ]);
}
