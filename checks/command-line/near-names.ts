import leven from "leven";

const mostNames = 3;

/** A name, and how far it is from another one: negative when they share a word. */
type Candidate = { readonly name: string; readonly distance: number };

/** All names, those nearest to `wrong` first: those that contain it, and those that few changes make of it. */
function byDistance(wrong: string, names: readonly string[]): readonly Candidate[] {
  const wanted = bare(wrong.toLowerCase());
  const words = wanted.split("-").filter((word) => word.length > 3);
  return names
    .map((name) => {
      const candidate = bare(name);
      const contains = candidate.includes(wanted) || words.some((word) => candidate.includes(word));
      return { name, distance: leven(wanted, candidate) - (contains ? 8 : 0) };
    })
    .toSorted((a, b) => a.distance - b.distance);
}

/** The names that `wrong` may have been meant for, nearest first. */
export function nearNames(wrong: string, names: readonly string[]): readonly string[] {
  return byDistance(wrong, names)
    .filter(({ name, distance }) => distance <= Math.max(2, Math.ceil(bare(name).length / 2)))
    .slice(0, mostNames)
    .map(({ name }) => name);
}

/** A check's name without its lab. */
function bare(name: string): string {
  return name.split(".").at(-1) ?? name;
}

/** ` Did you mean a, b or c?`; where nothing is likely, ` The nearest are a, b and c.` Nothing when there are no names. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const near = nearNames(wrong, names);
  if (near.length > 0) return ` Did you mean ${list(near, "or")}?`;
  const nearest = byDistance(wrong, names)
    .slice(0, mostNames)
    .map(({ name }) => name);
  return nearest.length > 0 ? ` The nearest ${nearest.length === 1 ? "is" : "are"} ${list(nearest, "and")}.` : "";
}

function list(names: readonly string[], last: "or" | "and"): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}
