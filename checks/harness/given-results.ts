import { firstDifference } from "./difference.ts";
import { copyToPlain, type Plain } from "./plain.ts";

/** So many results are looked at again. More than one: two arrays that take turns are shared as well. */
const most = 3;

/** What a lab has returned lately, as it was. */
type ResultMemory = {
  /** The result of a call belongs to the caller from now on. */
  readonly remember: (member: string, result: unknown) => void;
  /** After a call of `member`: a sentence when that has changed what was returned before. */
  readonly changedBy: (member: string) => string | undefined;
};

/**
 * Finds results that are not the caller's own: an array outside of the function that is filled anew by each call, or a list of the lab's
 * that goes on growing. A check cannot see that by itself, since it gets copies.
 */
export function createResultMemory(): ResultMemory {
  let results: readonly { readonly member: string; readonly result: object; readonly before: Plain }[] = [];
  return {
    remember(member, result) {
      if (typeof result !== "object" || result === null) return;
      const before = plainOrNothing(result);
      if (before !== undefined) results = [...results.slice(1 - most), { member, result, before }];
    },
    changedBy(member) {
      const changed = results.find(({ result, before }) => firstDifference(plainOrNothing(result), before) !== undefined);
      if (changed === undefined) return undefined;
      const call = changed.member === member ? "a later call" : `a call of ${member}`;
      return `what ${changed.member} returned was changed by ${call}: what you return belongs to the caller`;
    },
  };
}

/** A copy, or `undefined` for what can no longer be copied: a proxy of the lab's may do anything. */
function plainOrNothing(result: object): Plain {
  try {
    return copyToPlain(result);
  } catch {
    return undefined;
  }
}
