import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";

/** The protocol's durations, and how exactly they must be kept. docs/protocol.md#heartbeat */
export type TimeLimits = {
  readonly sendEvery: Millis;
  readonly deadAfter: Millis;
  /** The suite sees the grant a moment after the server gave it. */
  readonly tooEarly: Millis;
  /** A server looks at the clock now and then; every second would be right, and this is long enough for a busy machine. */
  readonly tooLate: Millis;
};

export const protocolTime: TimeLimits = { sendEvery: 20_000, deadAfter: 60_000, tooEarly: 1000, tooLate: 8000 };

/** Fails unless something happened when it was due. */
export function requireBetween(after: Millis, due: Millis, { tooEarly, tooLate }: TimeLimits, what: string): void {
  if (after >= due - tooEarly && after <= due + tooLate) return;
  throw new CheckFailure(`${what} ${after < due ? "too early" : "too late"}`, [
    { kind: "expected", text: `expected  after ${due / 1000} s, and at most ${tooLate / 1000} s later` },
    { kind: "got", text: `got       after ${(after / 1000).toFixed(1)} s` },
  ]);
}
