import { counted } from "#kit/counted.ts";
import { type CheckResult, decisiveChecks, isExtra, type LabResult, pointsOf } from "../check-result.ts";
import { isLoadFailure } from "../load-failure.ts";
import type { TypeFault } from "../run/type-errors.ts";
import type { Asked } from "./again-command.ts";
import { changeLines } from "./change-lines.ts";
import { columnsOf, inOneLine, lastColumns } from "./columns.ts";
import { failureLines } from "./failure-lines.ts";
import { passesAgainLines } from "./kept-lines.ts";
import { fit, type Style, spread, together, wrap } from "./style.ts";
import { traceLines } from "./trace-lines.ts";

const mostStories = 3;
const mostTypeFaults = 5;

/**
 * What is told of single checks: the stories of the first failures, or of all, or whole scenarios whether they passed or not. And what
 * was asked for, which a story names to be repeated.
 */
export type Telling = Asked & { readonly all?: boolean; readonly trace?: boolean };

/** One lab's checks: type errors first, then the first failures as stories, the others by name, the sum, and the one next thing to do. */
export function labLines(result: LabResult, style: Style, telling: Telling = {}): readonly string[] {
  const { paint, width } = style;
  const { earned, points } = pointsOf(result.checks);
  const { decisive, extra, failed } = sorted(result);
  const told = toldFailures(result, telling);
  return [
    paint.bold(spread(`${result.lab}  ${result.title}`, shortPath(result.folder, width - 24), width)),
    ...typeFaultLines(result.typeFaults, style),
    ...(telling.trace ? result.checks.flatMap((check) => ["", ...traceLines(check, style, telling)]) : []),
    ...(telling.trace ? [] : told.flatMap((check) => ["", ...failureLines(check, style, likelyAt(check, told, result), telling)])),
    ...otherFailures(failed.slice(told.length), style),
    "",
    total(decisive, `${earned}/${points} points`, style),
    ...extraTotal(extra, style),
    ...changeLines(result.change, style),
    ...passesAgainLines(result.checks, style),
    ...nextStep(result, style),
  ];
}

/** The failing checks whose stories are told. */
export function toldFailures(result: LabResult, { all = false, trace = false }: Telling): readonly CheckResult[] {
  const { failed } = sorted(result);
  return all || trace ? failed : failed.slice(0, mostStories);
}

/** The likely mistakes stand once, in the story of the check that shows the first of them best, or in the first one that is told. */
function likelyAt(check: CheckResult, told: readonly CheckResult[], { misconceptions = [] }: LabResult): LabResult["misconceptions"] {
  const best = told.find(({ id }) => id === misconceptions[0]?.check) ?? told[0];
  return check === best ? misconceptions : [];
}

function sorted({ checks }: LabResult): Readonly<Record<"decisive" | "extra" | "failed", readonly CheckResult[]>> {
  const decisive = decisiveChecks(checks);
  const extra = checks.filter((check) => !decisive.includes(check));
  const failed = [...decisive, ...extra].filter(({ status }) => status !== "passed" && status !== "not-started");
  return { decisive, extra, failed };
}

/** The end of a path tells more than its beginning. */
function shortPath(path: string, most: number): string {
  return columnsOf(path) <= most ? path : `…${lastColumns(path, most - 1)}`;
}

function typeFaultLines(faults: readonly TypeFault[], { paint, width }: Style): readonly string[] {
  if (faults.length === 0) return [];
  const shown = faults
    .slice(0, mostTypeFaults)
    .flatMap(({ file, line, column, message, source }) => [
      "",
      ...wrap(`type error  ${file}:${line}:${column}`, width - 2, 2).map((text) => `  ${paint.red(text)}`),
      ...wrap(inOneLine(message), width - 4).map((text) => `    ${text}`),
      ...sourceLines(source, line, column, width - 4).map((text) => paint.dim(`    ${text}`)),
    ]);
  const more = faults.length - mostTypeFaults;
  return more > 0 ? [...shown, "", `  and ${counted(more, "more type error")}`] : shown;
}

/** The source line with its number, and a mark below the column, with as much of the line as fits around it. */
function sourceLines(source: string, line: number, column: number, width: number): readonly string[] {
  const number = String(line).padStart(4);
  const room = width - number.length - 3;
  const before = lastColumns(inOneLine(source.slice(0, column - 1)), Math.floor(room * 0.7));
  return [
    `${number} | ${fit(before + inOneLine(source.slice(column - 1)), room)}`,
    `${" ".repeat(number.length)} | ${" ".repeat(columnsOf(before))}^`,
  ];
}

function otherFailures(checks: readonly CheckResult[], { paint, width }: Style): readonly string[] {
  if (checks.length === 0) return [];
  const names = wrap(checks.map(({ id }) => id.split(".")[1]).join(" "), width - 4);
  return [
    "",
    paint.red(`  ${counted(checks.length, "more check fails", "more checks fail")}; --only NAME tells the story of one:`),
    ...names.map((line) => `    ${line}`),
  ];
}

function total(checks: readonly CheckResult[], points: string, { width }: Style): string {
  const count = (...wanted: readonly CheckResult["status"][]) => checks.filter(({ status }) => wanted.includes(status)).length;
  const parts = [
    [count("passed"), "passed"],
    [count("failed", "crashed"), "failed"],
    [count("endless"), "did not end"],
    [count("not-started"), "not started"],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return spread(`  ${words.join(", ")}`, points, width);
}

function extraTotal(checks: readonly CheckResult[], { paint }: Style): readonly string[] {
  if (checks.length === 0) return [];
  const passed = checks.filter(({ status }) => status === "passed").length;
  return [paint.dim(`  extra, beyond the required: ${passed} of ${checks.length} passed`)];
}

function isLeft({ status }: CheckResult): boolean {
  return status !== "passed";
}

/** The first check, in the handout's order, that does not pass. Extra ones come last: all else is done by then. */
function nextStep(result: LabResult, { paint, width }: Style): readonly string[] {
  const next = decisiveChecks(result.checks).find(isLeft) ?? result.checks.find(isLeft);
  if (next === undefined)
    return result.typeFaults.length > 0
      ? [`  ${paint.yellow("next")}  Mend the type ${result.typeFaults.length === 1 ? "error" : "errors"} above.`]
      : [];
  const [first = "", ...more] = wrap(inOneLine(nextSentence(next)), width - 8);
  const label = isExtra(next) ? "more" : "next";
  return [`  ${paint.yellow(label)}  ${first}`, ...more.map((line) => `        ${line}`)];
}

function nextSentence({ id, title, missing, failure }: CheckResult): string {
  if (missing !== undefined) return `${missing.replace(/\.$/, "")}. First check: ${id}.`;
  // A hint about the check would be of no use yet.
  if (failure !== undefined && isLoadFailure(failure.headline))
    return `${id}: ${failure.headline}. The story above says why; mend that first.`;
  return `${id}: ${title}. ${together(`npm run hint ${id}`)}`;
}
