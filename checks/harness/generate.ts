import type { Arbitrary } from "fast-check";
import type { Exam } from "./check.ts";
import { CheckFailure } from "./check-failure.ts";
import { generateAgain, searchFailure } from "./shrink.ts";
import { NotStarted } from "./subject.ts";

/**
 * Checks a law on generated inputs. A case that fails is made smaller until nothing smaller fails, and the story of that smallest one
 * is told. Where the exam has a memory, the input that failed before comes first. A check calls this once.
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
  const { seed, story, memory } = exam;
  // Loaded here: most checks do without it.
  const fc = await import("fast-check");
  const inputs = arbitrary(fc);
  const judge = async (input: T) => {
    story.restart();
    await law(input);
  };

  const earlier = memory?.earlier;
  if (memory !== undefined && earlier !== undefined) {
    const input = await generateAgain(fc, inputs, earlier);
    const error = input === undefined ? undefined : await judge(input).catch((thrown: unknown) => thrown);
    if (error instanceof NotStarted) throw error;
    memory.tell({ earlier: input === undefined ? "gone" : error === undefined ? "passes" : "fails" });
    if (error !== undefined) throw error;
  }

  // A part that is not started says so at its first input: there is nothing to generate, or to make smaller.
  const [first] = fc.sample(inputs, { seed, numRuns: 1 });
  const firstError = await law(first as T).catch((error: unknown) => error);
  if (firstError instanceof NotStarted) throw firstError;
  const { ran, failing } = await searchFailure(fc, inputs, judge, { seed, cases });
  if (failing === undefined && ran < cases) throw new Error(`Only ${ran} of ${cases} generated cases were run.`);
  if (failing === undefined && firstError === undefined) return;
  // The search tells about the smallest case; its story is told by running it once more.
  try {
    await judge(failing === undefined ? (first as T) : failing.input);
  } catch (error) {
    // Some inputs come further than the first: to a part that is not started. That is no failure to keep.
    if (error instanceof NotStarted) throw error;
    if (failing !== undefined) memory?.tell({ found: failing.kept });
    if (!(error instanceof CheckFailure)) throw error;
    const note = { kind: "note", text: `the smallest of the failing cases; ${ran} were generated` } as const;
    throw new CheckFailure(error.message, [...error.detail, note], error.compared);
  }
  throw new CheckFailure("the same input gave different answers: does something stay from one call to the next?");
}
