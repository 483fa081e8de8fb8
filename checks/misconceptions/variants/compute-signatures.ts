import { registry } from "#checks/harness/registry.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import type { LabId } from "#launch/implementation.mjs";
import { allMisconceptions } from "../catalogue/all-misconceptions.ts";
import { failureWords, mannerOf } from "../failure-words.ts";
import { type Shown, type Signature, signaturesOf, type Words, writeSignature } from "../signatures.ts";
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
  const pattern = ({ always, sometimes }: Signature) => writeSignature({ always, sometimes }, order);
  const kept = signaturesOf(lab);
  const computed = await Promise.all(
    allVariants[lab].map(async (variant) => {
      const first = await signatureOf(variant, examiner);
      // What is new has to show twice: on a busy computer a connection may once be late.
      const known = kept.get(variant.name);
      const isNew = known === undefined || pattern(known) !== pattern(first.signature);
      const settled = isNew ? await signatureOf(variant, examiner) : first;
      progress();
      return { name: variant.name, ...settled };
    }),
  );
  const entries = computed.map(({ name, signature, said }) => {
    const same = computed.filter((other) => pattern(other.signature) === pattern(signature));
    const words =
      same.length > 1
        ? tellingWords(
            said,
            same.map((other) => other.said),
          )
        : undefined;
    return [name, writeSignature({ ...signature, words }, order)] as const;
  });
  return Object.fromEntries(entries);
}

/** What each check said that always fails and says the same each time, by its id. */
type Said = ReadonlyMap<string, string>;

/** The check in whose words bugs differ most that fail the same checks; nothing where none tells any two apart. */
function tellingWords(said: Said, all: readonly Said[]): Words | undefined {
  const ranked = [...said]
    .map(([check, hash]) => ({ check, hash, different: new Set(all.map((other) => other.get(check))).size }))
    .toSorted((a, b) => b.different - a.different);
  const [best] = ranked;
  return best === undefined || best.different < 2 ? undefined : { check: best.check, hash: best.hash };
}

/** How the variant fails the check that its misconception names, where that is not by what it answers. */
function unusualManner({ lab, name }: Variant, results: readonly ExaminedCheck[]): Shown | undefined {
  const known = allMisconceptions.find((each) => each.lab === lab && (each.name === name || each.also?.includes(name)));
  const shown = results.find(({ id }) => id === known?.check);
  const manner = shown && mannerOf(shown);
  return shown === undefined || manner === undefined || manner === "answered" ? undefined : { check: shown.id, manner };
}

async function signatureOf(variant: Variant, examiner: Examiner): Promise<{ readonly signature: Signature; readonly said: Said }> {
  const first = await examiner.examine(variant, { seed: defaultSeed });
  const seeded = first.filter(({ isSeeded }) => isSeeded).map(({ id }) => id);
  const failed = [failures(first)];
  const whatever = failures(first).filter((id) => !seeded.includes(id));
  for (const seed of seeded.length > 0 ? otherSeeds : [])
    failed.push([...whatever, ...failures(await examiner.examine(variant, { ids: seeded, seed }))]);
  const some = failed.flat();
  const isAlways = (id: string) => failed.every((ids) => ids.includes(id));
  // What a real connection brings, and when, is never quite the same.
  const telling = first.filter(({ id, isReal }) => whatever.includes(id) && !isReal);
  return {
    signature: {
      always: new Set(some.filter(isAlways)),
      sometimes: new Set(some.filter((id) => !isAlways(id))),
      manner: unusualManner(variant, first),
    },
    said: new Map(telling.map((result) => [result.id, failureWords(result) ?? ""])),
  };
}
