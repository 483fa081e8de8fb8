import { isUint8Array } from "node:util/types";
import { copyToPlain, type Plain } from "./plain.ts";

/** So many results are looked at again. More than one: two arrays that take turns are shared as well. */
const most = 2;

type Given = { readonly member: string; readonly result: object; readonly before: Plain };

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
  let results: readonly Given[] = [];
  return {
    remember(member, result) {
      if (typeof result !== "object" || result === null) return;
      const before = plainOrNothing(result);
      if (before !== undefined) results = [...results.slice(1 - most), { member, result, before }];
    },
    changedBy(member) {
      const changed = results.find((given) => !isUnchanged(given));
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

function isUnchanged({ result, before }: Given): boolean {
  try {
    return isStill(result, before);
  } catch {
    return false;
  }
}

/** Whether a value is still what it was. This is asked after each call, so it makes no copy. */
function isStill(value: unknown, before: Plain): boolean {
  if (typeof before !== "object" || before === null) return Object.is(value, before);
  if (typeof value !== "object" || value === null) return false;
  if (before instanceof Uint8Array) return isUint8Array(value) && Buffer.compare(value, before) === 0;
  const names = Object.keys(before);
  return Object.keys(value).length === names.length && names.every((name) => isStill(value[name as never], before[name as never]));
}
