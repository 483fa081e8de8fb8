import { setTimeout } from "node:timers/promises";

/** Rings when something has happened that somebody may wait for. */
export type Bell = {
  readonly ring: () => void;
  /** Looks at `condition` whenever the bell rings, until it holds: `true`. `false` when it does not, and nothing more is to be expected. */
  readonly until: (condition: () => boolean) => Promise<boolean>;
};

/**
 * What happens on a loopback connection happens within a millisecond. The whole wait is shorter than a check may take, so that the check
 * itself can tell what did not come; and it is counted in short periods, so that time in which this process did not run is no time to wait.
 */
const period = 50;
const mostPeriods = 12;

/** @param pass waits for so many milliseconds */
export function createBell(pass: (milliseconds: number) => Promise<unknown> = setTimeout): Bell {
  let waiting: (() => void)[] = [];

  /** `true` when the bell has rung, `false` when the period is over. */
  const ringOrPeriod = (): Promise<boolean> =>
    new Promise((resolve) => {
      waiting.push(() => resolve(true));
      void pass(period).then(() => resolve(false));
    });

  return {
    ring: () => {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    until: async (condition) => {
      for (let left = mostPeriods; !condition(); ) {
        if (left === 0) return false;
        if (!(await ringOrPeriod())) left--;
      }
      return true;
    },
  };
}
