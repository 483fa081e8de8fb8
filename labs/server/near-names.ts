import leven from "leven";

/** ` Did you mean --listen?`, or nothing when no name is near. */
export function didYouMean(wrong: string, names: readonly string[], prefix = ""): string {
  const [nearest] = names
    .map((name) => ({ name, distance: leven(wrong.toLowerCase(), name) - (name.includes(wrong) ? wrong.length : 0) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 2 - 1))
    .toSorted((a, b) => a.distance - b.distance);
  return nearest === undefined ? "" : ` Did you mean ${prefix}${nearest.name}?`;
}
