import type { CheckResult, LabResult } from "../check-result.ts";
import { pointsOf } from "../check-result.ts";
import type { TypeFault } from "../run/type-errors.ts";
import { failureLines } from "./failure-lines.ts";
import { type Style, spread, wrap } from "./style.ts";

const mostStories = 3;
const mostTypeFaults = 5;

/** One lab's checks: type errors first, then the first failures as stories, the others by name, the sum, and the one next thing to do. */
export function labLines(result: LabResult, style: Style, { all = false }: { readonly all?: boolean } = {}): readonly string[] {
  const { paint, width } = style;
  const { earned, points } = pointsOf(result.checks);
  const failed = result.checks.filter(({ status }) => status !== "passed" && status !== "not-started");
  const told = all ? failed : failed.slice(0, mostStories);
  return [
    paint.bold(spread(`${result.lab}  ${result.title}`, result.folder, width)),
    ...typeFaultLines(result.typeFaults, style),
    ...told.flatMap((check) => ["", ...failureLines(check, style)]),
    ...otherFailures(failed.slice(told.length), style),
    "",
    spread(summary(result.checks, style), `${earned}/${points} points`, width),
    ...nextStep(result, style),
  ];
}

function typeFaultLines(faults: readonly TypeFault[], { paint, width }: Style): readonly string[] {
  if (faults.length === 0) return [];
  const shown = faults
    .slice(0, mostTypeFaults)
    .flatMap(({ file, line, column, message, source }) => [
      "",
      `  ${paint.red("type error")}  ${file}:${line}:${column}`,
      ...wrap(message, width - 4).map((text) => `    ${text}`),
      paint.dim(`    ${String(line).padStart(4)} | ${source.slice(0, width - 11)}`),
      paint.dim(`         | ${" ".repeat(Math.min(column - 1, width - 12))}^`),
    ]);
  const more = faults.length - mostTypeFaults;
  return more > 0 ? [...shown, "", `  and ${more} more type ${more === 1 ? "error" : "errors"}`] : shown;
}

function otherFailures(checks: readonly CheckResult[], { paint, width }: Style): readonly string[] {
  if (checks.length === 0) return [];
  const names = wrap(
    checks
      .map(({ id }) => id.split(".")[1])
      .join("  ")
      .replaceAll("  ", " "),
    width - 4,
  );
  return [
    "",
    paint.red(`  ${checks.length} more ${checks.length === 1 ? "check fails" : "checks fail"}; --only NAME tells the story of one:`),
    ...names.map((line) => `    ${line}`),
  ];
}

function summary(checks: readonly CheckResult[], { paint }: Style): string {
  const count = (...wanted: readonly CheckResult["status"][]) => checks.filter(({ status }) => wanted.includes(status)).length;
  const parts = [
    [count("passed"), "passed", paint.green],
    [count("failed", "crashed"), "failed", paint.red],
    [count("endless"), "did not end", paint.red],
    [count("not-started"), "not started", paint.yellow],
  ] as const;
  return `  ${parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(", ")}`;
}

/** The first check, in the handout's order, that does not pass. */
function nextStep(result: LabResult, { paint, width }: Style): readonly string[] {
  const next = result.checks.find(({ status }) => status !== "passed");
  if (next === undefined)
    return result.typeFaults.length > 0
      ? [`  ${paint.yellow("next")}  Mend the type ${result.typeFaults.length === 1 ? "error" : "errors"} above.`]
      : [];
  const sentence =
    next.missing === undefined
      ? `${next.id}: ${next.title}. npm run hint ${next.id}`
      : `${next.missing.replace(/\.$/, "")}. First check: ${next.id}.`;
  const [first = "", ...more] = wrap(sentence, width - 8);
  return [`  ${paint.yellow("next")}  ${first}`, ...more.map((line) => `        ${line}`)];
}
