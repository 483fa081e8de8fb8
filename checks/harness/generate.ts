import type { Arbitrary } from "fast-check";
import type { Exam } from "./check.ts";
import { CheckFailure } from "./check-failure.ts";
import { NotStarted } from "./subject.ts";

/**
 * Checks a law on generated inputs. A case that fails is made smaller until nothing smaller fails, and the story of that smallest one
 * is told.
 *
 * @param arbitrary what to generate (fast-check), given the library: `(fc) => fc.uint8Array()`
 * @param law throws a `CheckFailure` when the lab breaks it; tells the exam's story anew for each case
 */
export async function forAll<Lab, T>(
  exam: Exam<Lab>,
  arbitrary: (fc: typeof import("fast-check")) => Arbitrary<T>,
  law: (input: T) => Promise<void>,
  { cases = 100 }: { readonly cases?: number } = {},
): Promise<void> {
  // Loaded here: most checks do without it.
  const fc = await import("fast-check");
  const inputs = arbitrary(fc);
  // A part that is not started says so at its first input: there is nothing to generate, or to make smaller.
  const [first] = fc.sample(inputs, { seed: exam.seed, numRuns: 1 });
  const firstError = await law(first as T).catch((error: unknown) => error);
  if (firstError instanceof NotStarted) throw firstError;
  let ran = 0;
  const property = fc.asyncProperty(inputs, async (input) => {
    ran++;
    exam.story.restart();
    await law(input);
  });
  const details = await fc.check(property, { seed: exam.seed, numRuns: cases });
  if (ran < cases && !details.failed) throw new Error(`Only ${ran} of ${cases} generated cases were run.`);
  if (!details.failed && firstError === undefined) return;
  // The library tells about the smallest case; its story is told by running it once more.
  const [input] = details.counterexample ?? [first];
  exam.story.restart();
  try {
    await law(input as T);
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    const note = { kind: "note", text: `the smallest of the failing cases; ${ran} were generated` } as const;
    throw new CheckFailure(error.message, [...error.detail, note], error.compared);
  }
  throw new CheckFailure("the same input gave different answers: does something stay from one call to the next?");
}
