import type { Millis } from "#contract/vocabulary.ts";
import { increment } from "./counters.ts";
import type { Loss, ServerEvent } from "./server-events.ts";

/** A flood may lose a million packets a second: it is told in one line this often. What comes after a quiet time is told at once. */
const tellEvery: Millis = 10_000;

/** Gathers what is too frequent to be told one by one. */
export type LossSummary = {
  readonly lost: (loss: Loss) => void;
  readonly failedAccept: (error: Error) => void;
  /** `elapsed` milliseconds have passed: what is due to be told. */
  readonly tick: (elapsed: Millis) => readonly ServerEvent[];
};

export function createLossSummary(): LossSummary {
  let losses: Partial<Record<Loss, number>> = {};
  let accepts: { count: number; latest: Error } | undefined;
  let quiet: Millis = Number.POSITIVE_INFINITY;

  return {
    lost: (loss) => increment(losses, loss),
    failedAccept: (latest) => {
      accepts = { count: (accepts?.count ?? 0) + 1, latest };
    },
    tick: (elapsed) => {
      quiet += elapsed;
      const events: ServerEvent[] = [];
      if (quiet < tellEvery) return events;
      // The first line after a long silence speaks of one tick.
      const during = Number.isFinite(quiet) && quiet < 2 * tellEvery ? quiet : elapsed;
      if (Object.keys(losses).length > 0) events.push({ kind: "losses", losses, during });
      if (accepts !== undefined) events.push({ kind: "failed-accepts", ...accepts });
      if (events.length > 0) {
        losses = {};
        accepts = undefined;
        quiet = 0;
      }
      return events;
    },
  };
}
