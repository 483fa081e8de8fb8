import type { Ticker } from "#contract/lab-4-tun-server.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { createSignal } from "./signal.ts";

export type TickerOptions = {
  /** How often it ticks when the process keeps up. 200 ms if left out. */
  readonly every?: Millis;
  /**
   * No tick is longer. What is over is time in which this process did not run: it could hear nobody, and must not hold that against them.
   * 30 s if left out: long enough that a heartbeat becomes due, short enough that nobody who has just been heard is evicted for silence.
   */
  readonly longest?: Millis;
  /** The clock: milliseconds, with fractions, that never go back. Node's monotonic clock if left out. (On Linux it stands still while the machine sleeps.) */
  readonly now?: () => number;
};

/** A tick that comes later than this many periods shows that the process was held up. */
const stalledPeriods = 3;

/**
 * How many more turns the event loop gets before the tick after a stall. A turn reads at most 2 MiB from a socket, and the system holds at
 * most 6 MiB for one by default (net.ipv4.tcp_rmem): a heartbeat behind all that is read by then.
 */
const turnsAfterStall = 4;

/**
 * Ticks with the time that has really passed since the tick before: measured, in whole milliseconds, the fraction kept for the next tick.
 * Keeps the process alive until it is stopped.
 *
 * Timers come first in the event loop, reads after them, `setImmediate` last. A process that was held up for a minute must not evict the
 * clients whose heartbeats wait to be read, so the tick comes after the reads, and is not longer than `longest`.
 */
export function startTicker({ every = 200, longest = 30_000, now = () => performance.now() }: TickerOptions = {}): Ticker {
  if (!Number.isInteger(every) || every < 1) throw new RangeError(`A tick every ${every} ms: give a whole number of at least 1.`);
  const ticked = createSignal<Millis>();
  let reportedUntil = now();
  let pending: NodeJS.Immediate | undefined;

  const report = (turnsLeft: number): void => {
    pending = undefined;
    const measured = now() - reportedUntil;
    if (measured > stalledPeriods * every && turnsLeft > 0) {
      pending = setImmediate(report, turnsLeft - 1);
      return;
    }
    const elapsed = Math.floor(measured);
    if (elapsed < 1) return;
    reportedUntil += elapsed;
    ticked.emit(Math.min(elapsed, longest));
  };
  const timer = setInterval(() => {
    pending ??= setImmediate(report, turnsAfterStall);
  }, every);

  return {
    onTick: ticked.on,
    stop: () => {
      clearInterval(timer);
      clearImmediate(pending);
    },
  };
}
