import { setTimeout as delay } from "node:timers/promises";
import { CheckFailure, type DetailLine } from "#checks/harness/check-failure.ts";
import { checkSeed } from "#checks/harness/seed.ts";
import { createStory } from "#checks/harness/story.ts";
import type { Millis } from "#contract/vocabulary.ts";
import type { ConformanceCase } from "./case.ts";
import type { CaseResult } from "./case-result.ts";
import { createExam, type ExamOptions } from "./exam.ts";
import { NotTested } from "./not-tested.ts";
import { ServerNotUp } from "./server/server-under-test.ts";

/** How long a server that has just failed may take to be gone for good. */
const lastBreath: Millis = 300;

const mostPrinted = 4096;

/**
 * Runs one case: a client connects first, then the case does what it does, and in the end that client and a new one must still be served.
 */
export async function runCase(
  conformanceCase: ConformanceCase,
  { server, seed, ...options }: Omit<ExamOptions, "story">,
): Promise<CaseResult> {
  const { id } = conformanceCase;
  const story = createStory();
  const startedAt = performance.now();
  const duration = () => Math.round(performance.now() - startedAt);
  server.launch();
  const printedBefore = server.process().written();
  const { exam, begin, proveOthersServed, leave } = createExam({ ...options, server, story, seed: checkSeed(seed, id) });
  let neverUp = true;
  try {
    await begin();
    neverUp = false;
    await conformanceCase.run(exam);
    await options.alone(proveOthersServed);
    return { id, status: "passed", duration: duration() };
  } catch (error) {
    if (error instanceof NotTested) return { id, status: "not-tested", why: error.message, duration: duration() };
    await Promise.race([server.process().ended, delay(lastBreath)]);
    const failure = error instanceof CheckFailure ? error : suiteFailure(error);
    const detail = [...failure.detail, ...endingDetail(server.process().ending())];
    const report = { story: story.lines(), at: performance.now() - startedAt, headline: failure.message, detail };
    const printed = server.process().outputSince(printedBefore).slice(-mostPrinted);
    return { id, status: "failed", failure: report, printed, neverUp: neverUp && error instanceof ServerNotUp, duration: duration() };
  } finally {
    leave();
  }
}

function endingDetail(ending: string | undefined): readonly DetailLine[] {
  return ending === undefined ? [] : [{ kind: "got", text: `the server has ended: ${ending}` }];
}

/** Nothing that a server does should lead here. */
function suiteFailure(error: unknown): CheckFailure {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new CheckFailure("the suite itself failed; this is not the server's fault", [{ kind: "note", text }]);
}
