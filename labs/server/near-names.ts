import leven from "leven";

/** ` Did you mean --listen?`, or nothing when no name is near. */
export function didYouMean(wrong: string, names: readonly string[], prefix = ""): string {
  const [nearest] = names
    .map((name) => {
      // "tun" is meant for "tun-name", and "nftables" for "nft", however many letters are missing or too many.
      const inCommon = name.includes(wrong) ? wrong.length : wrong.includes(name) ? name.length : 0;
      return { name, distance: leven(wrong.toLowerCase(), name) - 2 * inCommon };
    })
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 2 - 1))
    .toSorted((a, b) => a.distance - b.distance);
  return nearest === undefined ? "" : ` Did you mean ${prefix}${nearest.name}?`;
}
