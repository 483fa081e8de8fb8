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
  /** How long nothing of the kind has been told: the one must not hold up the other. */
  let quietOfLosses: Millis = Number.POSITIVE_INFINITY;
  let quietOfAccepts: Millis = Number.POSITIVE_INFINITY;

  return {
    lost: (loss) => increment(losses, loss),
    failedAccept: (latest) => {
      accepts = { count: (accepts?.count ?? 0) + 1, latest };
    },
    tick: (elapsed) => {
      quietOfLosses += elapsed;
      quietOfAccepts += elapsed;
      const events: ServerEvent[] = [];
      if (quietOfLosses >= tellEvery && Object.keys(losses).length > 0) {
        // The first line after a long silence speaks of one tick.
        const during = quietOfLosses < 2 * tellEvery ? quietOfLosses : elapsed;
        events.push({ kind: "losses", losses, during });
        losses = {};
        quietOfLosses = 0;
      }
      if (quietOfAccepts >= tellEvery && accepts !== undefined) {
        events.push({ kind: "failed-accepts", ...accepts });
        accepts = undefined;
        quietOfAccepts = 0;
      }
      return events;
    },
  };
}
