import type { DetailLine } from "#checks/harness/check-failure.ts";
import type { FailureReport } from "#checks/harness/check-result.ts";
import { columnsOf, inOneLine } from "#checks/harness/report/columns.ts";
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
    ...storyLines(result.failure, style),
    ...printedLines(result.printed, style),
    // Of a server that does not start there is nothing to learn about this rule.
    ...(result.neverUp ? [] : [...labelled("why", why, style), ...labelled("rule", rule, style)]),
    ...labelled("again", `add --only ${id} to the same command`, style),
  ];
}

function storyLines({ story, at, headline, detail }: FailureReport, style: Style): readonly string[] {
  const { paint, width } = style;
  const steps = story.map((step) => paint.dim(fit(`${indent}${clock(step.at)}${step.verb.padEnd(10)} ${inOneLine(step.words)}`, width)));
  const head = `  > ${clock(at ?? 0)}`;
  return [
    ...steps,
    ...wrap(head + inOneLine(headline), width, head.length).map((line) => paint.bold(line)),
    ...detail.flatMap((line) => detailLines(line, width).map((text) => paintDetail(line.kind, style)(text))),
  ];
}

function clock(time: number): string {
  return `t=${(time / 1000).toFixed(3)} s`.padEnd(14);
}

/** A line that begins with a space is laid out already, and is cut where it is too wide; others go on below their text. */
function detailLines({ text }: DetailLine, width: number): readonly string[] {
  const hang = columnsOf(/^(?:expected|got) +/.exec(text)?.[0] ?? "  ");
  return text.split(/\r?\n/).flatMap((part) => {
    const line = inOneLine(part);
    return /^\s/.test(line)
      ? [indent + fit(line, width - indent.length)]
      : wrap(line, width - indent.length, hang).map((shown) => indent + shown);
  });
}

function paintDetail(kind: DetailLine["kind"], { paint }: Style): (text: string) => string {
  switch (kind) {
    case "expected":
      return paint.green;
    case "got":
      return paint.red;
    case "bytes":
      return paint.dim;
    case "note":
      return (text) => text;
    default:
      return kind satisfies never;
  }
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
