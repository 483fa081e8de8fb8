import type { LabId } from "#launch/implementation.mjs";

/** A mistake with a name, and what there is to say to whoever makes it. Holds nothing of a solution: it goes to students. */
export type Misconception = {
  /** Also the name of the variant that shows it. */
  readonly name: string;
  readonly lab: LabId;
  /** Other variants that are the same mistake at bottom. */
  readonly also?: readonly string[];
  /** What a teacher would say: what the student probably believes, and what is so. */
  readonly says: string;
  /** Where the handout explains it. */
  readonly section: string;
  /** The check that it must fail. */
  readonly check: string;
};
