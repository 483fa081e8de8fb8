/** A mistake that the pattern of failing checks points to. Plain data: it goes to a terminal, a file or a report. */
export type LikelyMisconception = {
  readonly name: string;
  /** What a teacher would say. */
  readonly says: string;
  /** Where the handout explains it: `docs/lab-5-arp-interface.md#…`. */
  readonly section: string;
  /** Whether the pattern is exactly that of the mistake, or only much alike. */
  readonly fit: "exact" | "similar";
  /** The failing check that shows it best. */
  readonly check: string;
};
