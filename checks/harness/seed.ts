/** The seed of a run that names none: fixed, so that the same code gets the same verdict. */
export const defaultSeed = 4006;

/** A seed of its own for each check, so that `--only` does not change what a check generates (FNV-1a over the id). */
export function checkSeed(seed: number, id: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const char of id) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}
