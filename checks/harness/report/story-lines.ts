import type { DetailLine } from "../check-failure.ts";
import type { FailureReport } from "../check-result.ts";
import { columnsOf, inOneLine } from "./columns.ts";
import { fit, indentationOf, type Style, wrap } from "./style.ts";

const indent = "    ";

/** In columns: behind it there must be room for the words, on the narrowest terminal. */
const longestVerb = 16;

/** What happened up to a failure, what failed, and how. With the clock where the failure says when it was. */
export function storyLines(failure: FailureReport, { paint, width }: Style): readonly string[] {
  const clock = (at: number) => (failure.at === undefined ? "" : `t=${(at / 1000).toFixed(3)} s`.padEnd(14));
  const steps = folded(failure.story).flatMap(({ at, verb, words }) => {
    const label = `${indent}${clock(at)}${fit(verb, longestVerb).padEnd(10)} `;
    return inTwoLines(label + inOneLine(words), width, columnsOf(label)).map((line) => paint.dim(line));
  });
  const head = `  > ${failure.at === undefined ? "" : clock(failure.at)}`;
  const headline = wrap(head + inOneLine(failure.headline), width, head.length);
  return [
    ...steps,
    ...headline.map((line) => paint.bold(line)),
    ...failure.detail.flatMap((line) => detailLines(line, width).map((text) => paintDetail(line.kind, { paint, width })(text))),
  ];
}

/** Steps that say the same thing one after the other are one line: it stands at the time of the last of them. */
function folded(story: FailureReport["story"]): FailureReport["story"] {
  const runs: { readonly last: FailureReport["story"][number]; readonly times: number }[] = [];
  for (const step of story) {
    const run = runs.at(-1);
    if (run?.last.verb === step.verb && run.last.words === step.words) runs[runs.length - 1] = { last: step, times: run.times + 1 };
    else runs.push({ last: step, times: 1 });
  }
  return runs.map(({ last, times }) => (times === 1 ? last : { ...last, words: `${last.words}, ${times} times` }));
}

/** A line that is too long goes on below its text, and is cut at the end of the second one: a story stays a list. */
function inTwoLines(text: string, width: number, hang: number): readonly string[] {
  const [first = "", ...more] = wrap(text, width, hang);
  if (more.length === 0) return [first];
  const indentation = indentationOf(hang, width);
  return [first, fit(" ".repeat(indentation) + more.map((line) => line.slice(indentation)).join(" "), width)];
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
