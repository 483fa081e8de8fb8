import type { Call, Channel, Outcome, ThrownError } from "../channel.ts";
import type { Check, LabChecks } from "../check.ts";
import { CheckFailure, type DetailLine } from "../check-failure.ts";
import type { CheckResult, FailureReport, Trace } from "../check-result.ts";
import type { InputFate } from "../kept-input.ts";
import { type Loopback, ownLoopback } from "../loopback.ts";
import { noAnswer } from "../no-answer.ts";
import { checkSeed } from "../seed.ts";
import { showValue } from "../show-value.ts";
import { type Comparison, createStory, type Story } from "../story.ts";
import { mirror, NotStarted, SubjectThrew, SubjectUnusable } from "../subject.ts";
import { packetOfLayout } from "../wire/packet-of-layout.ts";
import type { KeptInputs } from "./worker-protocol.ts";

/** The last thing that the lab answered. */
type Answer = { readonly call: Call; readonly outcome: Outcome };

export type RunOptions = {
  /** The result tells the whole scenario, also when the check passes. */
  readonly trace?: boolean;
  /** Inputs that failed before. Without it, the check has no memory. */
  readonly kept?: KeptInputs | undefined;
  /** Where servers of the lab's are reached, if that is not in this process. */
  readonly loopback?: Loopback;
  /** Where the check tells what it does, for whoever has to tell it when the check cannot. */
  readonly story?: Story;
};

/** Runs one check against the lab behind `channel`. Never rejects for what the lab does; a fault of the check itself is thrown. */
export async function runCheck<Lab>(
  lab: LabChecks<Lab>,
  check: Check<Lab>,
  channel: Channel,
  seed: number,
  { trace = false, kept, loopback = ownLoopback, story = storyFor(trace) }: RunOptions = {},
): Promise<CheckResult> {
  const about = aboutOf(lab, check);
  let input: InputFate | undefined;
  const more = () => ({ ...(trace ? { trace: traceOf(story) } : {}), ...(input === undefined ? {} : { input }) });
  let last: Answer | undefined;
  const listening: Channel = async (call) => {
    const outcome = await channel(call);
    last = { call, outcome };
    return outcome;
  };
  try {
    const memory = kept && {
      earlier: kept[check.id],
      tell: (fate: InputFate) => {
        input = { ...input, ...fate };
      },
    };
    await check.run({ subject: mirror<Lab>(lab.shape, listening), story, seed: checkSeed(seed, check.id), memory, loopback });
    return { ...about, status: "passed", earned: about.points, ...more() };
  } catch (error) {
    if (error instanceof NotStarted) return { ...about, status: "not-started", earned: 0, missing: error.message, ...more() };
    return { ...about, status: "failed", earned: 0, failure: report(story, asFailure(error, last)), ...more() };
  }
}

export function storyFor(trace: boolean): Story {
  return createStory({ keep: trace ? "whole" : "ends" });
}

/** The result of a check during which the lab's code threw outside of any call: from a promise that nobody handles, or from a timer. Its story ends where that was heard of. */
export function strayResult<Lab>(lab: LabChecks<Lab>, check: Check<Lab>, error: ThrownError, story: Story): CheckResult {
  const at = story.timed() ? story.now() : undefined;
  const failure = { story: story.lines(), at, headline: noAnswer.stray, detail: thrownDetail(error) };
  return { ...aboutOf(lab, check), status: "failed", earned: 0, failure };
}

/** What a check's result says before it is run. */
export function aboutOf<Lab>(lab: LabChecks<Lab>, { id, title, rule }: Check<Lab>): Pick<CheckResult, "id" | "title" | "rule" | "points"> {
  return { id, title, rule, points: lab.points[id] ?? 0 };
}

function report(story: Story, failure: CheckFailure): FailureReport {
  return {
    story: story.lines(),
    at: story.timed() ? story.now() : undefined,
    headline: failure.message,
    detail: failure.detail,
    comparison: comparisonOf(story, failure),
  };
}

/** The packets that the check compared when it ended: whole ones, as the story knows them, or those that the failure itself is about. */
function comparisonOf(story: Story, { compared }: CheckFailure): Comparison {
  const known = story.comparison();
  if (compared === undefined || known.expected !== undefined || known.got !== undefined) return known;
  const { layout, expected, got } = compared;
  story.compare(packetOfLayout(layout, expected, "from-lab"), packetOfLayout(layout, got, "from-lab"));
  return story.comparison();
}

function traceOf(story: Story): Trace {
  return { story: story.lines(), timed: story.timed(), earlierRuns: story.restarts() };
}

function asFailure(error: unknown, last: Answer | undefined): CheckFailure {
  if (error instanceof CheckFailure) return error;
  if (error instanceof SubjectThrew) return new CheckFailure(`${error.call} ${noAnswer.threw}`, thrownDetail(error.thrown));
  if (error instanceof SubjectUnusable) return new CheckFailure(error.message, error.thrown && thrownDetail(error.thrown));
  if (error instanceof TypeError && last?.outcome.kind === "returned") return unreadable(last.call.member, last.outcome.value);
  throw error;
}

/** An error of the lab's, with the places in its own files. */
function thrownDetail({ name, message, frames }: SubjectThrew["thrown"]): readonly DetailLine[] {
  return [{ kind: "got", text: `${name}: ${message}` }, ...frames.map((frame) => ({ kind: "note", text: `at ${frame}` }) as const)];
}

/**
 * A check reads answers as the contract promises them. What it trips over (`undefined` where an object is due, most often from a function
 * without a `return`) is the lab's mistake.
 */
function unreadable(member: string, value: unknown): CheckFailure {
  return new CheckFailure(`${member} ${noAnswer.unreadable}`, [
    { kind: "got", text: `got       ${showValue(value)}` },
    ...(value === undefined ? [{ kind: "note", text: "is there a return?" } as const] : []),
  ]);
}
