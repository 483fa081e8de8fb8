import type { Millis } from "#contract/vocabulary.ts";
import { equalBytes } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import { type StoryPacket, type ToldPacket, tellPacket } from "./story-packet.ts";

/** One line of a story: what happened, and when by the scenario's clock. */
export type StoryLine = {
  readonly at: Millis;
  /** One word: `send`, `recv`, `tick`, `call`. */
  readonly verb: string;
  readonly words: string;
  /** What went to the lab or came from it, where the line is about that. */
  readonly packet?: ToldPacket;
};

/** What a check compared when it ended: the packet that should have come, and the one that came in its place. */
export type Comparison = {
  readonly expected?: ToldPacket;
  readonly got?: ToldPacket;
  /** Which of the story's lines tells of `got`, where one does. */
  readonly gotLine?: number;
};

/** What a check did to the lab, in the order in which it did it, and the clock that its ticks have moved. */
export type Story = {
  readonly tell: (verb: string, words: string, packet?: StoryPacket) => void;
  /** The check compares these now: `got` is the very packet that was told. It is forgotten with the next line. */
  readonly compare: (expected: StoryPacket | undefined, got: StoryPacket | undefined) => void;
  /** Moves the clock; later lines stand at the new time. */
  readonly advance: (elapsed: Millis) => void;
  readonly now: () => Millis;
  /** Whether the clock was ever moved: a story without time is told without a clock. */
  readonly timed: () => boolean;
  readonly lines: () => readonly StoryLine[];
  readonly comparison: () => Comparison;
  /** Forgets everything: a generated case begins. */
  readonly restart: () => void;
  /** Forgets everything, unless the story is kept whole: the scenario's next part begins, with a clock of its own. */
  readonly begin: () => void;
  /** How many times everything was forgotten. */
  readonly restarts: () => number;
};

/** How many of a story's first and last lines are kept. */
type Kept = { readonly first: number; readonly last: number };

/** A long replay must not hold every packet. */
const usual: Kept = { first: 4, last: 24 };

/** Nobody reads more than this, and a flood must not fill the memory either. */
const whole: Kept = { first: 2000, last: 2000 };

type Line = { readonly at: Millis; readonly verb: string; readonly words: string; readonly packet: StoryPacket | undefined };

/** @param options.keep what is kept of a long story: its ends, or (nearly) the whole */
export function createStory({ keep = "ends" }: { readonly keep?: "ends" | "whole" } = {}): Story {
  const { first, last } = keep === "whole" ? whole : usual;
  let clock = 0;
  let moved = false;
  let told = 0;
  let restarts = 0;
  let start: Line[] = [];
  let end: Line[] = [];
  let compared: { readonly expected: StoryPacket | undefined; readonly got: StoryPacket | undefined } | undefined;

  function tell(verb: string, words: string, packet?: StoryPacket): void {
    told++;
    compared = undefined;
    const line = { at: clock, verb, words, packet };
    if (start.length < first) start.push(line);
    else {
      end.push(line);
      if (end.length > last) end.shift();
    }
  }

  /** The lines that are left, with one that says how many are not. */
  function kept(): readonly Line[] {
    const missing = told - start.length - end.length;
    const words = `${counted(missing, "step that went well is", "steps that went well are")} left out`;
    const gap = missing > 0 ? [{ at: end[0]?.at ?? clock, verb: "…", words, packet: undefined }] : [];
    return [...start, ...gap, ...end];
  }

  function restart(): void {
    if (told > 0) restarts++;
    clock = 0;
    moved = false;
    told = 0;
    start = [];
    end = [];
    compared = undefined;
  }

  return {
    tell,
    compare: (expected, got) => {
      compared = { expected, got };
    },
    advance: (elapsed) => {
      moved = true;
      clock += elapsed;
    },
    now: () => clock,
    timed: () => moved,
    lines: () =>
      kept().map(({ packet, ...line }) => {
        const found = tellPacket(packet);
        return found === undefined ? line : { ...line, packet: found };
      }),
    comparison: () => {
      const expected = tellPacket(compared?.expected);
      const got = tellPacket(compared?.got);
      // What fits was not what the check ended for.
      if (expected !== undefined && got !== undefined && isSame(expected, got)) return {};
      const gotLine = got === undefined ? -1 : kept().findIndex(({ packet }) => packet === compared?.got);
      return {
        ...(expected === undefined ? {} : { expected }),
        ...(got === undefined ? {} : { got }),
        ...(gotLine < 0 ? {} : { gotLine }),
      };
    },
    restart,
    begin: () => {
      if (keep === "ends") return restart();
      if (told === 0) return;
      clock = 0;
      tell("anew", "the next part begins, with everything fresh");
    },
    restarts: () => restarts,
  };
}

function isSame(a: ToldPacket, b: ToldPacket): boolean {
  return a.link === b.link && a.peer === b.peer && equalBytes(a.bytes, b.bytes);
}
