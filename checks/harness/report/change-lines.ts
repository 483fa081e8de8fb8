import type { Change } from "../check-result.ts";
import { type Style, wrap } from "./style.ts";

/** So many names are told; of more, only how many. */
const mostNames = 3;

/** What a lab's run changed since the run before. Nothing when nothing did. */
export function changeLines(change: Change | undefined, style: Style): readonly string[] {
  return change === undefined || isNothing(change) ? [] : told(`since the last run: ${words(change)}`, style);
}

/** The same for several labs, each with its name. */
export function overviewChangeLines(changes: readonly Change[], style: Style): readonly string[] {
  const all = changes.filter((change) => !isNothing(change)).map((change) => `${change.lab} ${words(change)}`);
  return all.length === 0 ? [] : told(`since the last run: ${all.join("; ")}`, style);
}

function isNothing({ newlyPassing, newlyFailing }: Change): boolean {
  return newlyPassing.length + newlyFailing.length === 0;
}

function words({ newlyPassing, newlyFailing }: Change): string {
  const parts = [
    [newlyPassing, "newly passing"],
    [newlyFailing, "newly failing"],
  ] as const;
  return parts
    .filter(([ids]) => ids.length > 0)
    .map(
      ([ids, what]) =>
        `${ids.length} ${what}${ids.length > mostNames ? "" : ` (${ids.map((id) => id.slice(id.indexOf(".") + 1)).join(", ")})`}`,
    )
    .join(", ");
}

function told(sentence: string, { width }: Style): readonly string[] {
  return wrap(sentence, width - 4, 2).map((line) => `  ${line}`);
}
