import type { DetailLine } from "../check-failure.ts";
import type { CheckResult, FailureReport } from "../check-result.ts";
import { type Style, spread, wrap } from "./style.ts";

const indent = "    ";

/** A failing check as a story: what was done, what was expected, the bytes, the rule, and the way on. */
export function failureLines(result: CheckResult, { paint, width }: Style): readonly string[] {
  const { failure } = result;
  const [first = "", ...more] = wrap(`x ${result.id}  ${result.title}`, width - 12);
  const lines = [
    paint.red(spread(first, `${result.earned}/${result.points} points`, width)),
    ...more.map((line) => paint.red(`  ${line}`)),
    ...(failure === undefined ? [] : storyLines(failure, { paint, width })),
  ];
  if (result.printed !== undefined) {
    lines.push(`${indent}your code printed`);
    lines.push(
      ...result.printed
        .trimEnd()
        .split("\n")
        .slice(0, 12)
        .map((line) => paint.dim(`${indent}  | ${line.slice(0, width - 8)}`)),
    );
  }
  lines.push(
    paint.dim(`${indent}rule    `) + result.rule,
    paint.dim(`${indent}hint    `) + `npm run hint ${result.id}`,
    paint.dim(`${indent}again   `) + `npm run check ${result.id.split(".")[0]} -- --only ${result.id.split(".")[1]}`,
  );
  return lines;
}

function storyLines(failure: FailureReport, { paint, width }: Style): readonly string[] {
  const clock = (at: number) => (failure.at === undefined ? "" : `t=${(at / 1000).toFixed(3)} s`.padEnd(14));
  const steps = failure.story.map(({ at, verb, words }) => {
    const line = `${indent}${clock(at)}${verb.padEnd(10)} ${words}`;
    return paint.dim(line.length > width ? `${line.slice(0, width - 1)}…` : line);
  });
  const head = `  > ${failure.at === undefined ? "" : clock(failure.at)}`;
  const [first = "", ...more] = wrap(failure.headline, width - head.length);
  return [
    ...steps,
    paint.bold(head + first),
    ...more.map((line) => paint.bold(" ".repeat(head.length) + line)),
    ...failure.detail.map((line) => detailLine(line, { paint, width })),
  ];
}

function detailLine({ kind, text }: DetailLine, { paint, width }: Style): string {
  const line = `${indent}${text}`;
  const cut = line.length > width + 8 ? `${line.slice(0, width + 7)}…` : line;
  switch (kind) {
    case "expected":
      return paint.green(cut);
    case "got":
      return paint.red(cut);
    case "bytes":
      return paint.dim(cut);
    case "note":
      return cut;
    default:
      return kind satisfies never;
  }
}
