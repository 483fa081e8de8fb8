import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { Check, LabChecks } from "#checks/harness/check.ts";

/** A check, and the lab that it belongs to. */
export type FoundCheck = { readonly lab: LabChecks<unknown>; readonly check: Check<unknown> };

/** How many names an error lists. */
const mostNames = 6;

/**
 * The one check of that name: `lab-1.decode-glued`, `decode-glued`, or a part of a name that only one has. Throws a `UsageError` that
 * names near ones.
 */
export function findCheck(labs: readonly LabChecks<unknown>[], name: string): FoundCheck {
  const all = labs.flatMap((lab) => lab.checks.map((check): FoundCheck => ({ lab, check })));
  const whole = all.filter(({ check: { id } }) => id === name || id.slice(id.indexOf(".") + 1) === name);
  const found = whole.length > 0 ? whole : all.filter(({ check: { id } }) => name !== "" && id.includes(name));
  const [first] = found;
  const ids = (checks: readonly FoundCheck[]) => checks.map(({ check }) => check.id);
  if (first === undefined) throw new UsageError(`No check is called ${name}, and no name contains it.${didYouMean(name, ids(all))}`);
  if (found.length === 1) return first;
  const more = found.length > mostNames ? `, and ${found.length - mostNames} more` : "";
  throw new UsageError(`${name} fits ${found.length} checks; which one? ${ids(found.slice(0, mostNames)).join(", ")}${more}.`);
}
