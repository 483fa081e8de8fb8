/** Points to two places, halves away from zero: what a gradebook shows is what it adds up. */
export function rounded(points: number): number {
  const hundredths = Math.round(Math.abs(points) * 100 + 1e-9);
  return hundredths === 0 ? 0 : (Math.sign(points) * hundredths) / 100;
}
