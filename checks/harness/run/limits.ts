/** What a lab's code may use before it is stopped. */
export type Limits = {
  /** How long a check may take, in milliseconds, before there was an endless loop, and after. */
  readonly check: number;
  readonly laterCheck: number;
  /** How long a file of the lab may take to load, in milliseconds. */
  readonly loading: number;
  /** How long the checks themselves may take to load, in milliseconds: nothing of the lab's runs then. */
  readonly starting: number;
  /** Memory in MiB: of objects, and of everything (bytes are no objects). */
  readonly heap: number;
  readonly memory: number;
};

/** Generous: a check takes a few milliseconds. After a first endless loop patience is shorter, since the next one is likely the same. */
export const usualLimits: Limits = { check: 3_000, laterCheck: 750, loading: 3_000, starting: 30_000, heap: 512, memory: 1_536 };
