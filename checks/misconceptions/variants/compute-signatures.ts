import { registry } from "#checks/harness/registry.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import type { LabId } from "#launch/implementation.mjs";
import { type Signature, signatureText, writeSignature } from "../signatures.ts";
import { allVariants } from "./all-variants.ts";
import type { ExaminedCheck } from "./examine.program.ts";
import type { Examiner } from "./examiner.ts";
import type { Variant } from "./variant.ts";

/** Besides the default: with some inputs a bug shows, with others it does not. */
const otherSeeds = [1, 2];

/** The required checks that did not pass. */
export function failures(results: readonly ExaminedCheck[]): readonly string[] {
  return results.filter(({ points, status }) => points > 0 && status !== "passed").map(({ id }) => id);
}

/**
 * Runs a lab's required checks on each of its variants, those with generated inputs several times.
 *
 * @param progress told after each variant
 * @returns the signatures as they are kept, by the names of the variants
 */
export async function computeSignatures(lab: LabId, examiner: Examiner, progress: () => void): Promise<Readonly<Record<string, string>>> {
  const order = ((await registry[lab]?.())?.checks ?? []).map(({ id }) => id);
  const entries = allVariants[lab].map(async (variant) => {
    const compute = async () => writeSignature(await signatureOf(variant, examiner), order);
    const text = await compute();
    // What is new has to show twice: on a busy computer a connection may once be late.
    const isNew = text !== signatureText[lab][variant.name];
    const settled = isNew ? await compute() : text;
    progress();
    return [variant.name, settled] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function signatureOf(variant: Variant, examiner: Examiner): Promise<Signature> {
  const first = await examiner.examine(variant, { seed: defaultSeed });
  const seeded = first.filter(({ isSeeded }) => isSeeded).map(({ id }) => id);
  const failed = [failures(first)];
  const whatever = failures(first).filter((id) => !seeded.includes(id));
  for (const seed of seeded.length > 0 ? otherSeeds : [])
    failed.push([...whatever, ...failures(await examiner.examine(variant, { ids: seeded, seed }))]);
  const some = failed.flat();
  const isAlways = (id: string) => failed.every((ids) => ids.includes(id));
  return { always: new Set(some.filter(isAlways)), sometimes: new Set(some.filter((id) => !isAlways(id))) };
}
