import type { Millis } from "#contract/vocabulary.ts";

/** One line of a story: what happened, and when by the scenario's clock. */
export type StoryLine = {
  readonly at: Millis;
  /** One word: `send`, `recv`, `tick`, `call`. */
  readonly verb: string;
  readonly words: string;
};

/** What a check did to the lab, in the order in which it did it, and the clock that its ticks have moved. */
export type Story = {
  readonly tell: (verb: string, words: string) => void;
  /** Moves the clock; later lines stand at the new time. */
  readonly advance: (elapsed: Millis) => void;
  readonly now: () => Millis;
  /** Whether the clock was ever moved: a story without time is told without a clock. */
  readonly timed: () => boolean;
  readonly lines: () => readonly StoryLine[];
  /** Forgets everything: a generated case begins. */
  readonly restart: () => void;
};

/** A long replay must not hold every packet in words: the first lines and the last ones are kept. */
const keptAtStart = 4;
const keptAtEnd = 24;

export function createStory(): Story {
  let clock = 0;
  let moved = false;
  let told = 0;
  let start: StoryLine[] = [];
  let end: StoryLine[] = [];
  return {
    tell: (verb, words) => {
      told++;
      const line = { at: clock, verb, words };
      if (start.length < keptAtStart) start.push(line);
      else {
        end.push(line);
        if (end.length > keptAtEnd) end.shift();
      }
    },
    advance: (elapsed) => {
      moved = true;
      clock += elapsed;
    },
    now: () => clock,
    timed: () => moved,
    lines: () => {
      const missing = told - start.length - end.length;
      const gap = missing > 0 ? [{ at: end[0]?.at ?? clock, verb: "…", words: `${missing} steps that went well are left out` }] : [];
      return [...start, ...gap, ...end];
    },
    restart: () => {
      clock = 0;
      moved = false;
      told = 0;
      start = [];
      end = [];
    },
  };
}
