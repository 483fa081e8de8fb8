import type { Ticker } from "#contract/lab-4-tun-server.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { createSignal } from "./signal.ts";

/** A ticker that ticks when it is told to: time for tests. */
export type ManualTicker = Ticker & {
  /** `elapsed` milliseconds pass. Throws a `RangeError` unless it is a whole number of at least 0. After `stop` nobody hears of it. */
  readonly tick: (elapsed: Millis) => void;
};

export function createManualTicker(): ManualTicker {
  const ticked = createSignal<Millis>();
  let running = true;
  return {
    onTick: ticked.on,
    stop: () => {
      running = false;
    },
    tick: (elapsed) => {
      if (!Number.isInteger(elapsed) || elapsed < 0) throw new RangeError(`A tick of ${elapsed} ms: give a whole number of at least 0.`);
      if (running) ticked.emit(elapsed);
    },
  };
}
