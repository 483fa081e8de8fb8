import { counted } from "#kit/counted.ts";
import { decisiveChecks, isExtra, type LabResult, pointsOf } from "../check-result.ts";
import { overviewChangeLines } from "./change-lines.ts";
import { inOneLine } from "./columns.ts";
import { passesAgainLines } from "./kept-lines.ts";
import { type Style, spread, together, wrap } from "./style.ts";

const barLength = 10;

/** All labs at a glance, one line each, and the one next thing to do. */
export function overviewLines(results: readonly LabResult[], { paint, width }: Style): readonly string[] {
  const lines = results.map((result) => {
    const { earned, points } = pointsOf(result.checks);
    const checks = decisiveChecks(result.checks);
    const passed = checks.filter(({ status }) => status === "passed").length;
    const filled = points === 0 ? 0 : Math.floor((earned / points) * barLength);
    const bar = "█".repeat(filled) + "░".repeat(barLength - filled);
    const left = `  ${result.lab}  ${result.title.padEnd(14)} ${bar}  ${progress(result)}`;
    const line = spread(left, `${passed}/${checks.length} checks  ${String(earned).padStart(3)}/${String(points).padEnd(3)} points`, width);
    return passed === checks.length ? paint.green(line) : line;
  });
  const total = pointsOf(results.flatMap(({ checks }) => checks));
  const next = results.find(({ checks }) => decisiveChecks(checks).some(({ status }) => status !== "passed"));
  return [
    ...lines,
    "",
    spread("", `${total.earned}/${total.points} points`, width),
    ...overviewChangeLines(
      results.flatMap(({ change }) => change ?? []),
      { paint, width },
    ),
    ...results.flatMap(({ checks }) => passesAgainLines(checks, { paint, width })),
    ...(next === undefined ? results.flatMap((result) => extraLines(result, { paint, width })) : nextLines(next, { paint, width })),
  ];
}

function progress({ checks, typeFaults }: LabResult): string {
  if (typeFaults.length > 0) return "type errors";
  if (decisiveChecks(checks).every(({ status }) => status === "passed")) return "done";
  return checks.every(({ status }) => status === "not-started") ? "not started" : "in progress";
}

function nextLines(result: LabResult, { paint, width }: Style): readonly string[] {
  const check = decisiveChecks(result.checks).find(({ status }) => status !== "passed");
  if (check === undefined) return [];
  const sentence = check.missing === undefined ? `${check.id}: ${check.title}.` : check.missing;
  const [first = "", ...more] = wrap(`${inOneLine(sentence)} ${together(`npm run check ${result.lab}`)}`, width - 8);
  return [`  ${paint.yellow("next")}  ${first}`, ...more.map((line) => `        ${line}`)];
}

/** What is left when all that is required is done. */
function extraLines({ lab, checks }: LabResult, { paint, width }: Style): readonly string[] {
  const left = checks.filter((check) => isExtra(check) && check.status !== "passed").length;
  if (left === 0) return [];
  const [first = "", ...more] = wrap(
    `${lab}: ${counted(left, "check")} beyond the required. ${together(`npm run check ${lab}`)}`,
    width - 9,
  );
  return [`  ${paint.yellow("extra")}  ${first}`, ...more.map((line) => `         ${line}`)];
}
