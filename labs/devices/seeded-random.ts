/**
 * Numbers that look random but follow from the seed, so that a run can be repeated: each call gives the next one, at least 0 and below 1.
 * Marsaglia's xorshift with 32 bits; good enough to lose packets by, not for secrets.
 *
 * @param seed a whole number; seeds that are close to each other give streams that have nothing in common
 */
export function seededRandom(seed: number): () => number {
  // Spread the seed over all 32 bits. Zero is the one state that xorshift never leaves.
  let state = Math.imul(seed ^ (seed >>> 16) ^ 0x5bd1e995, 0x9e3779b1) | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
  // The first numbers of near seeds still resemble each other.
  for (let round = 0; round < 8; round++) next();
  return next;
}
