import type { Exam } from "./check.ts";
import type { Outbox } from "./outbox.ts";

/** One step of a scenario. It tells the story what it does, does it, and throws a `CheckFailure` when the lab answers wrongly. */
export type Step<World> = (world: World) => Promise<void>;

/**
 * A check that is a list of steps: things happen to the lab, and what it does is expected. What no step has expected is a failure, at
 * the next thing that happens or at the end.
 *
 * @param begin makes the world that the steps act in
 */
export function scenario<Lab, World extends { readonly outbox: Pick<Outbox<never>, "expectEmpty"> }>(
  begin: (exam: Exam<Lab>) => Promise<World>,
  steps: readonly Step<World>[],
): (exam: Exam<Lab>) => Promise<void> {
  return async (exam) => {
    const world = await begin(exam);
    for (const step of steps) await step(world);
    world.outbox.expectEmpty();
  };
}
