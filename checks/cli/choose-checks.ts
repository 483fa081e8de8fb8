import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import type { LabChecks } from "#checks/harness/check.ts";

/**
 * The ids of a lab's checks that `--only` asks for: the one of exactly that name, else all that contain it. All of them when nothing is
 * asked for. Throws a `UsageError` that names near ones when a name fits none: nothing executed is never a success.
 */
export function chooseChecks(labs: readonly LabChecks<unknown>[], only: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const all = labs.flatMap((lab) => lab.checks.map(({ id }) => id));
  const chosen = only.length === 0 ? all : only.flatMap((name) => fitting(name, all));
  return new Map(labs.map((lab) => [lab.id, lab.checks.map(({ id }) => id).filter((id) => chosen.includes(id))]));
}

function fitting(name: string, ids: readonly string[]): readonly string[] {
  const exact = ids.filter((id) => id === name || id.endsWith(`.${name}`));
  if (exact.length > 0) return exact;
  const containing = name === "" ? [] : ids.filter((id) => id.includes(name));
  if (containing.length > 0) return containing;
  throw new UsageError(`No check is called ${name}, and no name contains it.${didYouMean(name, ids)}`);
}
