import { join } from "node:path";
import { type Implementation, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { LabResult } from "../check-result.ts";
import { foundationsOf } from "../run/foundations.ts";

/**
 * What to know of a lab that was checked on labs that are not the reference's: a mistake in one of those shows in it, too, and one that is
 * not there yet leaves it waiting.
 *
 * @returns a sentence, or `undefined` where it would say nothing
 */
export function foundationNote({ lab, checks }: Pick<LabResult, "lab" | "checks">, implementation: Implementation): string | undefined {
  const own = foundationsOf(lab).filter((id) => !implementation[id].startsWith(join(root, "reference")));
  const fails = checks.some(({ status }) => status !== "passed" && status !== "not-started");
  const waits = checks.some(({ missing }) => own.some((id) => missing?.startsWith(`${id} `)));
  if (own.length === 0 || (!fails && !waits)) return undefined;
  const numbers = own.map((id) => id.slice("lab-".length));
  const labs = numbers.length === 1 ? `lab ${numbers[0]}` : `labs ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
  const number = labIds.indexOf(lab) + 1;
  return waits
    ? `Lab ${number} stands on your own ${labs}: finish ${numbers.length === 1 ? "that" : "those"} first.`
    : `Lab ${number} was checked on your own ${labs}: a mistake there fails here, too.`;
}
