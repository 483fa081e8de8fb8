import { Chalk } from "chalk";
import type { CheckResult, FailureReport } from "#checks/harness/check-result.ts";
import { failureLines } from "#checks/harness/report/failure-lines.ts";
import type { CheckGrade, LabGrade, StopReason } from "../model/grade.ts";
import { bounded, harmless } from "./harmless.ts";

/** Of a failure are read so many steps and as many lines of detail, and so many characters of each. */
const mostLines = 120;
const longestText = 2_000;

const plain = { paint: new Chalk({ level: 0 }), width: 80 };
const coloured = { paint: new Chalk({ level: 1 }), width: 80 };

/**
 * A check that is not passed as the terminal tells it, without colours, in at most so many characters.
 *
 * @param lab whose check it is: what the lab's failures look like stands in the story of the check that shows it best
 */
export function storyText(check: CheckGrade, most: number, lab?: LabGrade): string {
  return bounded(harmless(failureLines(asResult(check), plain, likelyAt(check, lab)).join("\n")), most);
}

function likelyAt({ id }: CheckGrade, lab: LabGrade | undefined) {
  const likely = lab?.misconceptions ?? [];
  return likely[0]?.check === id ? likely.map((each) => ({ ...each, check: each.check ?? id })) : [];
}

/** The same lines with the terminal's colours, as escape sequences. All of those in it are ours. */
export function colouredStory(check: CheckGrade): readonly string[] {
  return failureLines(asResult(check), coloured).flatMap((line) => line.split("\n"));
}

/** Why a check is not passed, in one line. */
export function headlineOf(check: CheckGrade): string {
  switch (check.status) {
    case "passed":
      return "passed";
    case "failed":
      return check.failure?.headline.slice(0, longestText) ?? "failed";
    case "stopped":
      return check.failure?.headline.slice(0, longestText) ?? stopWords(check.reason);
    case "not-started":
      return check.missing ?? "not started";
    case "not-run":
      return check.missing ?? "not run";
    default:
      return check.status satisfies never;
  }
}

function stopWords(reason: StopReason | undefined): string {
  switch (reason) {
    case "timeout":
      return "stopped: it took too long; is there a loop that never ends?";
    case "out-of-memory":
      return "stopped: it took more memory than a check has";
    case "crash":
      return "your code took the check down";
    case "protocol":
      return "stopped: it wrote to the channel on which answers go";
    case "output-limit":
      return "stopped: it printed more than a check may";
    case undefined:
      return "stopped";
    default:
      return reason satisfies never;
  }
}

/** As much of a failure as anybody reads: to lay out the rest takes time that grows with it, and it is a student's code that made it. */
function clipped({ story, headline, detail, at }: FailureReport): FailureReport {
  const half = mostLines / 2;
  return {
    at,
    headline: headline.slice(0, longestText),
    story: [...story.slice(0, half), ...story.slice(Math.max(half, story.length - half))].map(({ at, verb, words }) => ({
      at,
      verb: verb.slice(0, longestText),
      words: words.slice(0, longestText),
    })),
    detail: detail.slice(0, mostLines).map(({ kind, text }) => ({ kind, text: text.slice(0, longestText) })),
  };
}

/** What the terminal's report wants to know. A check that has nothing to tell gets a story of one sentence. */
function asResult(check: CheckGrade): CheckResult {
  const { id, title, rule, points, earned, status, printed } = check;
  return {
    id,
    title,
    rule,
    points,
    earned,
    status: status === "stopped" ? (check.reason === "timeout" ? "endless" : "crashed") : status === "not-run" ? "not-started" : status,
    failure: clipped(check.failure ?? { story: [], at: undefined, headline: headlineOf(check), detail: [] }),
    ...(printed === undefined ? {} : { printed: printed.slice(0, longestText) }),
  };
}
