import type { Mutant } from "../mutant.ts";

/**
 * A mutant that no check can tell from the reference, or must not, and why. It is found by what it changes and by the line where that
 * stands, not by the line's number: it stays found while other lines come and go.
 */
export type Equivalent = Pick<Mutant, "lab" | "file" | "mutator" | "context" | "original" | "replacement"> & {
  /** One sentence without a full stop. */
  readonly reason: string;
};

/** Survivors, and the list that should explain them. */
export type Explained = {
  readonly known: readonly { readonly mutant: Mutant; readonly reason: string }[];
  readonly unexplained: readonly Mutant[];
  /** Entries that explain no survivor: a check kills the mutant by now, or the line has changed. */
  readonly stale: readonly Equivalent[];
};

/**
 * Looks each survivor up in the list.
 *
 * @param mutants all that were tried: entries about other files are no business of this run
 */
export function explain(mutants: readonly Mutant[], list: readonly Equivalent[]): Explained {
  const survivors = mutants.filter(({ verdict }) => verdict.kind === "survived" || verdict.kind === "fault");
  const tried = new Set(mutants.map(({ lab, file }) => `${lab}/${file}`));
  const reasonOf = (mutant: Mutant) =>
    mutant.verdict.kind === "survived" ? list.find((entry) => isAbout(entry, mutant))?.reason : undefined;
  return {
    known: survivors.flatMap((mutant) => {
      const reason = reasonOf(mutant);
      return reason === undefined ? [] : [{ mutant, reason }];
    }),
    unexplained: survivors.filter((mutant) => reasonOf(mutant) === undefined),
    stale: list.filter((entry) => tried.has(`${entry.lab}/${entry.file}`) && !survivors.some((mutant) => isAbout(entry, mutant))),
  };
}

function isAbout(entry: Equivalent, mutant: Mutant): boolean {
  return (["lab", "file", "mutator", "context", "original", "replacement"] as const).every((key) => entry[key] === mutant[key]);
}
