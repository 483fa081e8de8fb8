import type { Check, LabChecks } from "#checks/harness/check.ts";
import { type Style, together, wrap } from "#checks/harness/report/style.ts";
import type { HintLevels } from "#checks/progress/hint-memory.ts";

const steps = ["where to look", "what to think about", "what to write"] as const;

/**
 * A check and its hints up to a level, the newest last, and how to go on.
 *
 * @param explained where the handout explains the matter
 */
export function hintLines(check: Check<unknown>, level: number, explained: string, { paint, width }: Style): readonly string[] {
  const shown = steps.slice(0, level).flatMap((step, index) => {
    const color = index === level - 1 ? paint.bold : paint.dim;
    return [
      "",
      `  ${paint.yellow(String(index + 1))}  ${color(step)}`,
      ...wrap(check.hints[index] ?? "", width - 5).map((line) => `     ${color(line)}`),
    ];
  });
  const last = level >= steps.length;
  const next = last
    ? `That was the last hint. ${explained} explains it.`
    : `For the next hint, ${level + 1} of ${steps.length}, ask again: ${together(`npm run hint ${check.id}`)}`;
  return [
    paint.bold(check.id),
    ...wrap(check.title, width),
    `${paint.dim("rule")}  ${check.rule}`,
    ...shown,
    "",
    ...wrap(next, width),
    ...(last ? wrap(`From the start: ${together(`npm run hint ${check.id} -- --again`)}`, width) : []),
  ];
}

/** The checks of a lab that have hints, and how many of them were shown. */
export function hintListLines(lab: LabChecks<unknown>, levels: HintLevels, { paint, width }: Style): readonly string[] {
  const name = ({ id }: Check<unknown>) => id.slice(lab.id.length + 1);
  const column = Math.max(...lab.checks.map((check) => name(check).length)) + 2;
  return [
    paint.bold(`${lab.id}  ${lab.title}: hints`),
    "",
    ...lab.checks.flatMap((check) => {
      const level = levels[check.id];
      const seen = level === undefined ? "   " : `${level}/${steps.length}`;
      const [first = "", ...more] = wrap(check.title, width - column - 7);
      return [
        `  ${paint.yellow(seen)}  ${name(check).padEnd(column)}${paint.dim(first)}`,
        ...more.map((line) => " ".repeat(column + 7) + paint.dim(line)),
      ];
    }),
    "",
    ...wrap(
      `Ask with ${together(`npm run hint ${lab.id}.NAME`)}. A number in front says how many of the ${steps.length} hints you have seen.`,
      width,
    ),
  ];
}
