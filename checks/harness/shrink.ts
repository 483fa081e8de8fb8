import type { Arbitrary } from "fast-check";
import type { KeptInput } from "./kept-input.ts";

type Library = typeof import("fast-check");

/** What came of generating: an input that fails, as small as it was made, or none. */
export type Search<T> = { readonly ran: number; readonly failing: { readonly input: T; readonly kept: KeptInput } | undefined };

/** So many smaller inputs are tried at most, for the check's time is bounded. */
const mostTries = 1_000;

/**
 * Runs the law on generated inputs until one fails, and makes that one smaller until nothing smaller fails. The library goes forward
 * only, and does not try again what became possible later: so it begins anew with what it has found, as often as that helps.
 */
export async function searchFailure<T>(
  fc: Library,
  inputs: Arbitrary<T>,
  law: (input: T) => Promise<void>,
  { seed, cases }: { readonly seed: number; readonly cases: number },
): Promise<Search<T>> {
  let ran = 0;
  let left = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(inputs, async (input) => {
    if (left-- <= 0) return;
    ran++;
    try {
      await law(input);
    } catch (error) {
      left = Math.min(left, mostTries);
      throw error;
    }
  });
  const first = await fc.check(property, { seed, numRuns: cases });
  if (!first.failed) return { ran, failing: undefined };
  let [input] = first.counterexample ?? [];
  const paths = [first.counterexamplePath ?? ""];
  for (;;) {
    const again = await fc.check(property, { seed, numRuns: 1, examples: [[input as T]] });
    if (!again.failed || again.numShrinks === 0) break;
    [input] = again.counterexample ?? [];
    paths.push(again.counterexamplePath ?? "");
  }
  return { ran, failing: { input: input as T, kept: { seed, paths, print: printOf(fc, input) } } };
}

/** The input that was kept, or `undefined` when this kit does not generate it any more. */
export async function generateAgain<T>(fc: Library, inputs: Arbitrary<T>, { seed, paths, print }: KeptInput): Promise<T | undefined> {
  let input: T | undefined;
  const property = fc.asyncProperty(inputs, async (generated) => {
    input = generated;
    throw new Error("Found.");
  });
  try {
    for (const [index, path] of paths.entries()) {
      const examples: [T][] = index === 0 ? [] : [[input as T]];
      await fc.check(property, { seed, path, examples, numRuns: 1, endOnFailure: true });
    }
  } catch {
    // The path leads nowhere.
    return undefined;
  }
  return printOf(fc, input) === print ? input : undefined;
}

function printOf(fc: Library, input: unknown): number {
  return fc.hash(fc.stringify(input));
}
