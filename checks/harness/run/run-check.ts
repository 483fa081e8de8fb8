import type { Channel } from "../channel.ts";
import type { Check, LabChecks } from "../check.ts";
import { CheckFailure } from "../check-failure.ts";
import type { CheckResult, FailureReport } from "../check-result.ts";
import { checkSeed } from "../seed.ts";
import { createStory, type Story } from "../story.ts";
import { mirror, NotStarted, SubjectThrew } from "../subject.ts";

/** Runs one check against the lab behind `channel`. Never rejects for what the lab does; a fault of the check itself is thrown. */
export async function runCheck<Lab>(lab: LabChecks<Lab>, check: Check<Lab>, channel: Channel, seed: number): Promise<CheckResult> {
  const story = createStory();
  const points = lab.points[check.id] ?? 0;
  const about = { id: check.id, title: check.title, rule: check.rule, points };
  try {
    await check.run({ subject: mirror<Lab>(lab.shape, channel), story, seed: checkSeed(seed, check.id) });
    return { ...about, status: "passed", earned: points };
  } catch (error) {
    if (error instanceof NotStarted) return { ...about, status: "not-started", earned: 0, missing: error.message };
    return { ...about, status: "failed", earned: 0, failure: report(story, asFailure(error)) };
  }
}

function report(story: Story, failure: CheckFailure): FailureReport {
  return { story: story.lines(), at: story.timed() ? story.now() : undefined, headline: failure.message, detail: failure.detail };
}

function asFailure(error: unknown): CheckFailure {
  if (error instanceof CheckFailure) return error;
  if (!(error instanceof SubjectThrew)) throw error;
  const { call, thrown } = error;
  return new CheckFailure(`${call} threw where it should have answered`, [
    { kind: "got", text: `${thrown.name}: ${thrown.message}` },
    ...thrown.frames.map((frame) => ({ kind: "note", text: `at ${frame}` }) as const),
  ]);
}
