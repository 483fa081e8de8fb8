import { setImmediate } from "node:timers/promises";
import type { Check, LabChecks } from "../check.ts";
import type { CheckResult } from "../check-result.ts";
import type { Story } from "../story.ts";
import { describeThrown } from "../thrown-error.ts";
import { storyFor, strayResult } from "./run-check.ts";

/**
 * How long a check may go on after such an error, in milliseconds. It closes what it has opened, so that the next one is not blamed for what
 * becomes of that; and it has the time to find that nothing more comes. When it waits for an answer that the error has swallowed, it is left.
 */
export const strayGrace = 700;

export type StrayErrors = {
  /**
   * Runs a check. It has ended when nothing that it left behind can still fail at once: a promise without a handler, most of all. What the
   * lab's code throws meanwhile, outside of any call (from a promise, from a timer), fails it.
   */
  readonly during: (
    lab: LabChecks<unknown>,
    check: Check<unknown>,
    run: (story: Story) => Promise<CheckResult>,
    story?: Story,
  ) => Promise<CheckResult>;
  /** Leaves such errors to others again. */
  readonly release: () => void;
};

/** From now on, an error that nobody catches does not end this thread. */
export function catchStrayErrors(): StrayErrors {
  let hear: ((error: unknown) => void) | undefined;
  const listener = (error: unknown) => hear?.(error);
  process.on("uncaughtException", listener);
  return {
    during: async (lab, check, run, story = storyFor(false)) => {
      let stray: CheckResult | undefined;
      let timer: NodeJS.Timeout | undefined;
      const givenUp = new Promise<undefined>((resolve) => {
        hear = (error) => {
          if (stray !== undefined) return;
          stray = strayResult(lab, check, describeThrown(error), story);
          timer = setTimeout(() => resolve(undefined), strayGrace);
        };
      });
      const whole = async () => {
        const result = await run(story);
        await setImmediate();
        return result;
      };
      try {
        const result = await Promise.race([whole(), givenUp]);
        // Without a result there was an error.
        return stray ?? (result as CheckResult);
      } finally {
        clearTimeout(timer);
      }
    },
    release: () => void process.off("uncaughtException", listener),
  };
}
