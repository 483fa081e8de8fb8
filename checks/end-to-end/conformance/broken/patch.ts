import type { LabId } from "#launch/implementation.mjs";

type Replacement = readonly [found: string, by: string];

/** A change of one file of the reference. */
export type Change = Pick<Patch, "lab" | "file" | "replace" | "also">;

/** A server with one fault: the reference with a few words changed. */
export type Patch = {
  readonly fault: string;
  readonly lab: LabId;
  readonly file: string;
  /** Text of the file, found once, and what stands there instead. */
  readonly replace: Replacement;
  readonly also?: Replacement;
  /** The cases that must fail. */
  readonly fails: readonly string[];
};
