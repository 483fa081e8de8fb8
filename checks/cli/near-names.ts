import leven from "leven";

const mostNames = 3;

/** The names that `wrong` may have been meant for, nearest first: those that contain it, and those that few changes make of it. */
export function nearNames(wrong: string, names: readonly string[]): readonly string[] {
  const wanted = bare(wrong.toLowerCase());
  const words = wanted.split("-").filter((word) => word.length > 3);
  return names
    .map((name) => {
      const candidate = bare(name);
      const contains = candidate.includes(wanted) || words.some((word) => candidate.includes(word));
      return { name, distance: leven(wanted, candidate) - (contains ? 8 : 0) };
    })
    .filter(({ name, distance }) => distance <= Math.max(2, Math.ceil(bare(name).length / 2)))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, mostNames)
    .map(({ name }) => name);
}

/** A check's name without its lab. */
function bare(name: string): string {
  return name.split(".").at(-1) ?? name;
}

/** ` Did you mean a, b or c?`, or nothing. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const near = nearNames(wrong, names);
  if (near.length === 0) return "";
  const last = near.at(-1);
  return ` Did you mean ${near.length === 1 ? last : `${near.slice(0, -1).join(", ")} or ${last}`}?`;
}
