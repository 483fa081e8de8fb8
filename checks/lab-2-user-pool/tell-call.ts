import { CheckFailure } from "#checks/harness/check-failure.ts";
import { showValue } from "#checks/harness/show-value.ts";
import type { Story } from "#checks/harness/story.ts";
import { SubjectThrew } from "#checks/harness/subject.ts";

/** Waits for a call and tells it with its answer, or with the error that it threw. */
export async function tellCall<T>(story: Story, verb: string, words: string, call: Promise<T>): Promise<T> {
  const before = words === "" ? "" : `${words} `;
  try {
    const answer = await call;
    story.tell(verb, `${before}-> ${show(answer)}`);
    return answer;
  } catch (error) {
    if (error instanceof SubjectThrew) story.tell(verb, `${before}-> threw a ${error.thrown.name}`);
    throw error;
  }
}

/** @param call as the student would write it: `release(13.8.0.2)` */
export function expectAnswer(actual: unknown, expected: unknown, call: string): void {
  expectOneOf(actual, [expected], call);
}

/** The answer is one of these. */
export function expectOneOf(actual: unknown, right: readonly unknown[], call: string): void {
  if (right.some((expected) => Object.is(actual, expected))) return;
  throw wrongAnswer(call, right.length === 1 ? show(right[0]) : `one of ${right.map(show).join(" ")}`, actual);
}

/** @param expected in words */
export function wrongAnswer(call: string, expected: string, actual: unknown): CheckFailure {
  return new CheckFailure(`${call} should answer ${expected}`, [{ kind: "got", text: `got       ${show(actual)}` }]);
}

/** Addresses stand in a story as they are, without quotation marks. */
function show(answer: unknown): string {
  return typeof answer === "string" && /^[\d.]+$/.test(answer) ? answer : showValue(answer);
}
