import { comparedLines } from "#checks/figures/finished-lines.ts";
import { type Style, terminalStyle, wrap } from "#checks/harness/report/style.ts";
import { implementationOn } from "#checks/harness/run/run-lab.ts";
import { type LabHistory, readHistories } from "#checks/progress/history.ts";
import { historyChart, historyRows } from "#checks/progress/history-lines.ts";
import { readNext } from "#checks/progress/read-next.ts";
import { whose } from "#checks/progress/whose.ts";
import { type Implementation, implementationFrom, type LabId, labIds, onReference } from "#launch/implementation.mjs";
import { runCommand } from "./command.ts";
import { progressHelp, readProgressOptions } from "./progress-options.ts";

await runCommand(progressHelp, async () => {
  const options = readProgressOptions();
  if (options.help) {
    console.log(progressHelp);
    return 0;
  }
  const style = terminalStyle(options.color);
  const { histories, damaged } = readHistories();
  const from = implementationFrom(options.from);
  const wanted = options.labs.length > 0 ? options.labs : labIds;
  const found = wanted.flatMap((lab): readonly LabHistory[] => {
    // Labs 4 and 5 may have been checked on the reference's earlier labs, or on one's own: what was done last counts.
    const owners = [whose(lab, implementationOn(lab, from, onReference(from))), whose(lab, from)];
    const own = histories.filter((history) => history.lab === lab && owners.includes(history.whose));
    return own.toSorted((a, b) => b.last.at - a.last.at).slice(0, 1);
  });
  const lines = [
    ...(damaged ? ["The history of your runs is damaged; what can be read of it is shown.", ""] : []),
    ...(options.labs.length > 0
      ? found.flatMap((history, index) => [...(index > 0 ? [""] : []), ...historyChart(history, style)])
      : historyRows(found, style)),
    ...(found.length === 0 ? ["No run of a whole lab is remembered yet."] : []),
    ...(options.figures && found.length > 0 ? await figures(found, from, style) : []),
    ...(found.length > 0 ? [""] : []),
    ...wrap(nextStep(wanted, found), style.width - 8).map(
      (line, index) => `  ${index === 0 ? style.paint.yellow("next") : "    "}  ${line}`,
    ),
  ];
  console.log(lines.join("\n"));
  return 0;
});

/** The figures of those labs that are finished. */
async function figures(histories: readonly LabHistory[], from: Implementation, style: Style): Promise<readonly string[]> {
  const finished = histories.filter(({ last }) => last.finished);
  if (finished.length === 0) return ["", "  No figures: they are for labs whose last run passed as a whole."];
  const lines: string[] = [];
  for (const { lab } of finished) lines.push("", ...(await comparedLines(lab, implementationOn(lab, from, onReference(from)), style)));
  return lines;
}

/** The first check of the first lab that is not finished; when all are, what to read. */
function nextStep(wanted: readonly LabId[], found: readonly LabHistory[]): string {
  for (const lab of wanted) {
    const history = found.find((each) => each.lab === lab);
    if (history === undefined) return `npm run check ${lab}`;
    const [left] = history.last.left;
    if (!history.last.finished)
      return left === undefined ? `npm run check ${lab}` : `npm run check ${lab} -- --only ${left.slice(left.indexOf(".") + 1)}`;
  }
  return readNext[wanted.at(-1) ?? "lab-1"];
}
