import { type Bounds, usualBounds } from "../sandbox/confined.ts";

/** How long something may take: in processor time of the submission's processes, and on the clock. Milliseconds. */
export type Patience = { readonly cpu: number; readonly clock: number };

/** What a submission may use. */
export type GradeLimits = {
  /** For a check; and for one when two have not ended already, since the next one is likely the same. */
  readonly check: Patience;
  readonly laterCheck: Patience;
  /** For a file of the lab to load. */
  readonly loading: Patience;
  /** For the driver to start, before anything of the submission runs. */
  readonly starting: Patience;
  /** On the clock, in milliseconds, for all of a submission. What is left then is not run. */
  readonly submission: number;
  /** Bytes that a check may print. */
  readonly output: number;
  readonly sandbox: Bounds;
};

/**
 * As `npm run check` has it, with time counted in what the submission itself uses: a busy computer makes nobody fail. Who only waits is
 * given more, by the clock.
 */
export const usualLimits: GradeLimits = {
  check: { cpu: 3_000, clock: 15_000 },
  laterCheck: { cpu: 750, clock: 4_000 },
  loading: { cpu: 3_000, clock: 15_000 },
  starting: { cpu: 30_000, clock: 120_000 },
  submission: 600_000,
  output: 4 * 1024 * 1024,
  sandbox: usualBounds,
};
