/** How to generate an input that failed once more: plain data, to be kept in a file. */
export type KeptInput = {
  readonly seed: number;
  /** Where the library finds it among what it generates from that seed; each further path begins at what the one before it led to. */
  readonly paths: readonly string[];
  /** What the input was, as a number: another kit may generate something else on the same way. */
  readonly print: number;
};

/** What became of inputs in one run of a check. */
export type InputFate = {
  /** The input that was kept: it fails again, it passes, or the kit does not generate it any more. */
  readonly earlier?: "fails" | "passes" | "gone";
  /** The smallest input that failed in this run, and was generated in it. */
  readonly found?: KeptInput;
};

/** The memory of a generated check. */
export type InputMemory = {
  /** What failed before: it is tried first. */
  readonly earlier: KeptInput | undefined;
  readonly tell: (fate: InputFate) => void;
};
