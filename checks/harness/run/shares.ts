import { availableParallelism } from "node:os";

/** A lab's checks run in so many threads. */
const threadsPerLab = Math.min(2, availableParallelism());

/** Fewer checks than this are not worth a second thread. */
const fewestShared = 8;

/** The checks dealt out to the threads: neighbours are much alike, and take about as long. */
export function shares(ids: readonly string[]): readonly (readonly string[])[] {
  if (ids.length < fewestShared) return [ids];
  return Array.from({ length: threadsPerLab }, (_, turn) => ids.filter((_, index) => index % threadsPerLab === turn));
}
