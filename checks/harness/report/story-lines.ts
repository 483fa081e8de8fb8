import type { DetailLine } from "../check-failure.ts";
import type { FailureReport } from "../check-result.ts";
import { columnsOf, inOneLine } from "./columns.ts";
import { fit, type Style, wrap } from "./style.ts";

const indent = "    ";

/** What happened up to a failure, what failed, and how. With the clock where the failure says when it was. */
export function storyLines(failure: FailureReport, { paint, width }: Style): readonly string[] {
  const clock = (at: number) => (failure.at === undefined ? "" : `t=${(at / 1000).toFixed(3)} s`.padEnd(14));
  const steps = failure.story.map(({ at, verb, words }) =>
    paint.dim(fit(`${indent}${clock(at)}${verb.padEnd(10)} ${inOneLine(words)}`, width)),
  );
  const head = `  > ${failure.at === undefined ? "" : clock(failure.at)}`;
  const headline = wrap(head + inOneLine(failure.headline), width, head.length);
  return [
    ...steps,
    ...headline.map((line) => paint.bold(line)),
    ...failure.detail.flatMap((line) => detailLines(line, width).map((text) => paintDetail(line.kind, { paint, width })(text))),
  ];
}

/** A line that begins with a space is laid out already, and is cut where it is too wide; others go on below their text. */
function detailLines({ text }: DetailLine, width: number): readonly string[] {
  const hang = columnsOf(/^(?:expected|got) +/.exec(text)?.[0] ?? "  ");
  return text.split(/\r?\n/).flatMap((part) => {
    const line = inOneLine(part);
    return (/^\s/.test(line) ? [fit(line, width - indent.length)] : wrap(line, width - indent.length, hang)).map((shown) =>
      (indent + shown).trimEnd(),
    );
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
