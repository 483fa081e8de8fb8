import { CheckFailure, type DetailLine } from "./check-failure.ts";
import { showValue } from "./show-value.ts";
import type { Story } from "./story.ts";

/** What a lab has asked for and no step has expected yet. */
export type Outbox<Action> = {
  /** The lab was called: what it asks for now is told and kept. An action that is still unclaimed from before is a failure. */
  readonly put: (actions: readonly Action[]) => void;
  /** Takes the next action, which must be there. `expected` says in words what it should be. */
  readonly take: (expected: string) => Action;
  /** Everything that is left, in order. */
  readonly takeAll: () => readonly Action[];
  /** Fails when something is left. */
  readonly expectEmpty: () => void;
};

/**
 * @param describe an action in one line, and the line's verb: `["sent", "ARP who-has …"]`
 * @param options.gather what is unclaimed may wait while more arrives, as the messages of a stream do
 */
export function createOutbox<Action>(
  story: Story,
  describe: (action: Action) => readonly [verb: string, words: string],
  { gather = false }: { readonly gather?: boolean } = {},
): Outbox<Action> {
  let waiting: Action[] = [];

  /** What a lab returns may be anything: a `describe` that trips over it is no fault of the kit. */
  function inWords(action: Action): readonly [verb: string, words: string] {
    try {
      return describe(action);
    } catch {
      throw new CheckFailure("expected a list of actions, but one of them is none", [
        { kind: "got", text: `got       ${showValue(action)}` },
      ]);
    }
  }

  function expectEmpty(): void {
    if (waiting.length === 0) return;
    const lines = waiting.slice(0, 6).map((action): DetailLine => ({ kind: "got", text: `got       ${inWords(action).join("  ")}` }));
    const more: readonly DetailLine[] = waiting.length > 6 ? [{ kind: "note", text: `and ${waiting.length - 6} more` }] : [];
    const count = waiting.length === 1 ? "one action" : `${waiting.length} actions`;
    waiting = [];
    throw new CheckFailure(`expected nothing (more), but there was ${count}`, [...lines, ...more]);
  }

  return {
    put: (actions) => {
      if (!gather) expectEmpty();
      if (!Array.isArray(actions))
        throw new CheckFailure("expected a list of actions", [{ kind: "got", text: `got       ${showValue(actions)}` }]);
      for (const action of actions) {
        story.tell(...inWords(action));
        waiting.push(action);
      }
    },
    take: (expected) => {
      const action = waiting.shift();
      if (action === undefined) throw new CheckFailure(`expected ${expected}, but nothing came`);
      return action;
    },
    takeAll: () => waiting.splice(0),
    expectEmpty,
  };
}
