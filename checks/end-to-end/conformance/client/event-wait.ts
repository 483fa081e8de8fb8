import type { Millis } from "#contract/vocabulary.ts";

/** Lets a case wait for events: whatever happens wakes it up, and it looks again. */
export type EventWait = {
  /** Something has happened. */
  readonly wake: () => void;
  /** What `look` finds, as soon as it finds something; `undefined` when it has found nothing for so long. */
  readonly until: <Found>(look: () => Found | undefined, patience: Millis) => Promise<Found | undefined>;
};

export function createEventWait(): EventWait {
  const waiting = new Set<() => void>();
  return {
    wake: () => {
      for (const look of waiting) look();
    },
    until: <Found>(look: () => Found | undefined, patience: Millis) =>
      new Promise<Found | undefined>((resolve) => {
        const already = look();
        if (already !== undefined) return resolve(already);
        const end = (found: Found | undefined): void => {
          clearTimeout(timer);
          waiting.delete(again);
          resolve(found);
        };
        const again = (): void => {
          const found = look();
          if (found !== undefined) end(found);
        };
        const timer = setTimeout(() => end(look()), patience);
        waiting.add(again);
      }),
  };
}
