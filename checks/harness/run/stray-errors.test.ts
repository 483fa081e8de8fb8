import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Check, LabChecks } from "../check.ts";
import type { CheckResult } from "../check-result.ts";
import { catchStrayErrors, strayGrace } from "./stray-errors.ts";

const check: Check<unknown> = { id: "lab-1.x", title: "x", rule: "RFC 1", hints: ["a", "b", "c"], run: async () => {} };
const lab: LabChecks<unknown> = { id: "lab-1", title: "t", handout: "h", shape: {}, checks: [check], points: { "lab-1.x": 1 } };
const passed: CheckResult = { id: "lab-1.x", title: "x", rule: "RFC 1", points: 1, earned: 1, status: "passed" };

/** Errors come by hand: vitest listens to the real ones. */
function catching() {
  let stray: ((error: Error) => void) | undefined;
  const on = vi.spyOn(process, "on").mockImplementation((_, listener) => {
    stray = listener as typeof stray;
    return process;
  });
  const errors = catchStrayErrors();
  on.mockRestore();
  return {
    stray: (message: string) => stray?.(new Error(message)),
    during: (run: () => Promise<CheckResult>) => errors.during(lab, check, run),
  };
}

const said = ({ status, earned, failure }: CheckResult) => ({ status, earned, said: failure?.detail[0]?.text });

describe("an error that nobody catches", () => {
  afterEach(() => void vi.useRealTimers());

  it("leaves a check alone that has none", async () => {
    expect(await catching().during(async () => passed)).toBe(passed);
  });

  it("fails the check, which goes on to close what it has opened", async () => {
    const { stray, during } = catching();
    let closed = false;
    const result = await during(async () => {
      stray("the first");
      stray("what comes of it");
      await setImmediate();
      closed = true;
      return passed;
    });
    expect(said(result)).toEqual({ status: "failed", earned: 0, said: "Error: the first" });
    expect(closed).toBe(true);
  });

  it("fails the check that has just ended, and not the next", async () => {
    const { stray, during } = catching();
    const result = await during(async () => {
      void Promise.resolve().then(() => stray("left behind"));
      return passed;
    });
    expect(said(result)).toMatchObject({ said: "Error: left behind" });
    expect(await during(async () => passed)).toBe(passed);
  });

  it("ends a check that waits for ever, when it has had its time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { stray, during } = catching();
    let result: CheckResult | undefined;
    const waits = async () => {
      result = await during(() => new Promise(() => stray("swallowed the answer")));
    };
    void waits();
    await vi.advanceTimersByTimeAsync(strayGrace - 1);
    expect(result).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(result && said(result)).toMatchObject({ status: "failed", said: "Error: swallowed the answer" });
  });
});
