import type { Implementation, LabId } from "#launch/implementation.mjs";
import { allVariants } from "./all-variants.ts";
import { withSpoiltLab } from "./spoilt-lab.ts";

/** What the `check` command bundles and loads when it is asked for a misconception: a hand-out is without it. */

/** The variants of a lab, by name, and what each does wrong in a few words. */
export function variantsOf(lab: LabId): ReadonlyMap<string, string> {
  return new Map(allVariants[lab].map(({ name, says }) => [name, says]));
}

/** Makes the reference with one of the variants in it, and removes it when `use` is done. */
export async function withVariant<Result>(
  lab: LabId,
  name: string,
  use: (implementation: Implementation) => Promise<Result>,
): Promise<Result> {
  const variant = allVariants[lab].find((candidate) => candidate.name === name);
  if (variant === undefined) throw new Error(`${lab} has no variant ${name}.`);
  return withSpoiltLab(variant, use);
}
