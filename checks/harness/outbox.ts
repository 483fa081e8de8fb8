import { CheckFailure, type DetailLine } from "./check-failure.ts";
import { noAnswer } from "./no-answer.ts";
import { showValue } from "./show-value.ts";
import type { Story } from "./story.ts";
import type { StoryPacket } from "./story-packet.ts";

/** What a lab has asked for and no step has expected yet. */
export type Outbox<Action> = {
  /** The lab was called: what it asks for now is told and kept. An action that is still unclaimed from before is a failure. */
  readonly put: (actions: readonly Action[]) => void;
  /** Takes the next action, which must be there. `expected` says in words what it should be, `packet` as bytes where it has some. */
  readonly take: (expected: string, packet?: StoryPacket) => Action;
  /** How many actions no step has expected yet. */
  readonly waiting: () => number;
  /** Everything that is left, in order. */
  readonly takeAll: () => readonly Action[];
  /** The next call is about to be made: fails when something is left of the one before, unless actions may wait. */
  readonly expectTaken: () => void;
  /** Fails when something is left. */
  readonly expectEmpty: () => void;
};

/** An action as a line of the story, with its packet where it has one: `["sent", "ARP who-has …", packet]`. */
type Told = readonly [verb: string, words: string, packet?: StoryPacket | undefined];

/**
 * @param describe an action in one line. Throws for what is no action
 * @param options.gather what is unclaimed may wait while more arrives, as the messages of a stream do
 */
export function createOutbox<Action>(
  story: Story,
  describe: (action: Action) => Told,
  { gather = false }: { readonly gather?: boolean } = {},
): Outbox<Action> {
  let waiting: { readonly action: Action; readonly told: Told }[] = [];

  /** What a lab returns may be anything: a `describe` that trips over it is no fault of the kit. */
  function inWords(action: Action): Told {
    try {
      return describe(action);
    } catch {
      throw new CheckFailure(`${noAnswer.noList}, but one of them is not what the contract calls an action`, [
        { kind: "got", text: `got       ${showValue(action)}` },
      ]);
    }
  }

  function expectEmpty(): void {
    if (waiting.length === 0) return;
    const lines = waiting.slice(0, 6).map(({ told: [verb, words] }): DetailLine => ({ kind: "got", text: `got       ${verb}  ${words}` }));
    const more: readonly DetailLine[] = waiting.length > 6 ? [{ kind: "note", text: `and ${waiting.length - 6} more` }] : [];
    const count = waiting.length === 1 ? "was one action" : `were ${waiting.length} actions`;
    story.compare(undefined, waiting[0]?.told[2]);
    waiting = [];
    throw new CheckFailure(`expected nothing (more), but there ${count}`, [...lines, ...more]);
  }

  function expectTaken(): void {
    if (!gather) expectEmpty();
  }

  return {
    put: (actions) => {
      expectTaken();
      if (!Array.isArray(actions)) throw new CheckFailure(noAnswer.noList, [{ kind: "got", text: `got       ${showValue(actions)}` }]);
      for (const action of actions) {
        const told = inWords(action);
        story.tell(...told);
        waiting.push({ action, told });
      }
    },
    take: (expected, packet) => {
      const next = waiting.shift();
      story.compare(packet, next?.told[2]);
      if (next === undefined) throw new CheckFailure(`expected ${expected}, but nothing came`);
      return next.action;
    },
    waiting: () => waiting.length,
    takeAll: () => waiting.splice(0).map(({ action }) => action),
    expectTaken,
    expectEmpty,
  };
}
