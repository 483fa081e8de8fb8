import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";

/** docs/protocol.md#heartbeat */
export const sendEvery: Millis = 20_000;
export const deadAfter: Millis = 60_000;

/** The suite sees the grant a moment after the server gave it. */
const tooEarly: Millis = 1000;

/** A server looks at the clock now and then; it should be every second, and this is long enough for a busy machine. */
export const tooLate: Millis = 8000;

/** Fails unless something happened when it was due. */
export function requireBetween(after: Millis, due: Millis, what: string): void {
  if (after >= due - tooEarly && after <= due + tooLate) return;
  throw new CheckFailure(`${what} ${after < due ? "too early" : "too late"}`, [
    { kind: "expected", text: `expected  after ${due / 1000} s, and at most ${tooLate / 1000} s later` },
    { kind: "got", text: `got       after ${(after / 1000).toFixed(1)} s` },
  ]);
}
