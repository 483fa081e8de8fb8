/** What repeated measurements say: the middle one, and how far they lie apart. */
export type Spread = { readonly median: number; readonly least: number; readonly most: number };

/** `undefined` when there are none. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  return { median: quantile(sorted, 0.5), least, most };
}

/** The value below which this share of the sorted values lies; between two values, what lies between them. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** One server's value relative to the other's, round by round. */
export function ratiosOf(values: readonly number[], others: readonly number[]): readonly number[] {
  return values.slice(0, others.length).map((value, round) => value / (others[round] ?? Number.NaN));
}
