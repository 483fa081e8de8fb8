import type { Signature } from "./signatures.ts";

/** A bug that is known, with or without a name for students. */
export type Bug = Signature & { readonly name: string };

/** What a run has shown: the checks that were judged, and those of them that failed. */
export type Run = { readonly judged: ReadonlySet<string>; readonly failed: ReadonlySet<string> };

/** Two patterns that together are the run's. */
export type Pair = {
  readonly bugs: readonly Bug[];
  /** Each of the two accounts for several failures by itself. */
  readonly isClear: boolean;
};

/** How much alike a signature has to be, and by how much more than the next one: found by trying all bugs that are known. */
const alike = 0.8;
const ahead = 0.1;
/** One failure in common is chance. */
const fewestCommon = 2;

/** Whether of the judged checks exactly those failed that the bug fails. */
export function fits(run: Run, bug: Signature): boolean {
  return isPart(run, bug) && isCovered(run, [bug]);
}

/** Whether enough of the bug's signature was judged: all of it, or more than one check of a lab that is not finished. */
export function isObserved({ judged }: Run, { always }: Signature): boolean {
  return count(always, (id) => judged.has(id)) >= Math.min(always.size, fewestCommon);
}

/** Every pair of patterns, none a part of the other, that together are the run's. Bugs with one signature are one pattern. */
export function explainedByTwo(run: Run, bugs: readonly Bug[]): readonly Pair[] {
  const parts = patterns(bugs.filter((bug) => isPart(run, bug)));
  return parts.flatMap((one, index) =>
    parts.slice(index + 1).flatMap((other) => {
      const [first, second] = [one[0], other[0]];
      const own = Math.min(ownFailures(run, first, second), ownFailures(run, second, first));
      return own > 0 && isCovered(run, [first, second]) ? [{ bugs: [...one, ...other], isClear: own >= fewestCommon }] : [];
    }),
  );
}

/** The bugs whose signature is nearly what failed, when no other is nearly as near. All of that signature was judged. */
export function similarBugs(run: Run, bugs: readonly Bug[]): readonly Bug[] {
  const all = patterns(bugs);
  const weight = distinctiveness(all.map(([bug]) => bug));
  const ranked = all
    .map((pattern) => ({ pattern, likeness: likeness(run, pattern[0], weight) }))
    .toSorted((a, b) => b.likeness - a.likeness);
  const [first, second] = ranked;
  if (first === undefined || first.likeness < alike || first.likeness - (second?.likeness ?? 0) < ahead) return [];
  const { always } = first.pattern[0];
  const isWhole = [...always].every((id) => run.judged.has(id));
  return isWhole && count(always, (id) => run.failed.has(id)) >= fewestCommon ? first.pattern : [];
}

/** Bugs, sorted by what they fail. */
function patterns(bugs: readonly Bug[]): readonly (readonly [Bug, ...Bug[]])[] {
  const sorted = new Map<string, [Bug, ...Bug[]]>();
  for (const bug of bugs) {
    const key = [...bug.always].toSorted().join() + [...bug.sometimes].toSorted().join();
    const pattern = sorted.get(key);
    if (pattern === undefined) sorted.set(key, [bug]);
    else pattern.push(bug);
  }
  return [...sorted.values()];
}

/** Whether all failed that the bug fails, of what was judged. */
function isPart({ judged, failed }: Run, { always }: Signature): boolean {
  const expected = [...always].filter((id) => judged.has(id));
  return expected.length > 0 && expected.every((id) => failed.has(id));
}

/** Whether each failure is one of these bugs'. */
function isCovered({ failed }: Run, bugs: readonly Signature[]): boolean {
  return [...failed].every((id) => bugs.some(({ always, sometimes }) => always.has(id) || sometimes.has(id)));
}

/** How many failures the bug accounts for and the other one does not. */
function ownFailures({ failed }: Run, { always }: Signature, other: Signature): number {
  return count(always, (id) => failed.has(id) && !other.always.has(id) && !other.sometimes.has(id));
}

/** A check that few bugs fail says much, one that half of them fail says little: its information in bits. */
function distinctiveness(bugs: readonly Signature[]): (id: string) => number {
  const failedBy = new Map<string, number>();
  for (const { always } of bugs) for (const id of always) failedBy.set(id, (failedBy.get(id) ?? 0) + 1);
  return (id) => Math.log2((bugs.length + 1) / (failedBy.get(id) ?? 0.5));
}

/** What a signature and the failures have in common, as a part of all that is in either (Jaccard), each check by its weight. */
function likeness({ failed }: Run, { always, sometimes }: Signature, weight: (id: string) => number): number {
  const sum = (ids: readonly string[]) => ids.reduce((total, id) => total + weight(id), 0);
  const missing = [...always].filter((id) => !failed.has(id));
  const beyond = [...failed].filter((id) => !always.has(id) && !sometimes.has(id));
  const common = sum([...always].filter((id) => failed.has(id)));
  const all = common + sum(missing) + sum(beyond);
  return all === 0 ? 0 : common / all;
}

function count(ids: ReadonlySet<string>, isCounted: (id: string) => boolean): number {
  return [...ids].filter(isCounted).length;
}
