import type { Call, Outcome } from "#checks/harness/channel.ts";
import { isFactory, isFunction, type MemberShapes, type Shape } from "#checks/harness/shape.ts";
import { WireFault } from "../driver/wire-value.ts";

/** Knows which kinds of outcome each call can have, so that a check is never given another. */
export type OutcomeRules = {
  /** Throws a `WireFault` for an outcome that the lab's host would not give. */
  readonly expect: (call: Call, outcome: Outcome) => Outcome;
};

/** @param shape of the lab under check; objects are counted anew for each check */
export function outcomeRules(shape: MemberShapes): OutcomeRules {
  const made: MemberShapes[] = [];
  return {
    expect: ({ on, member }, outcome) => {
      if (outcome.kind !== "returned" && outcome.kind !== "made") return outcome;
      const called = shapeOf(on === undefined ? shape : made[on], member);
      const makes = called !== undefined && isFactory(called) ? called.makes : undefined;
      if ((outcome.kind === "made") !== (makes !== undefined)) throw new WireFault(`an answer does not fit the call of ${member}`);
      if (outcome.kind === "made") {
        if (outcome.handle !== made.length) throw new WireFault("an object has a number out of turn");
        made.push(makes ?? {});
      }
      return outcome;
    },
  };
}

function shapeOf(shapes: MemberShapes | undefined, member: string): Shape | undefined {
  let found: Shape | undefined = shapes;
  for (const name of member.split(".")) {
    if (found === undefined || (isFunction(found) && found !== shapes)) return undefined;
    found = (found as MemberShapes)[name];
  }
  return found;
}
