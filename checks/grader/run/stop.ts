import type { StopReason } from "../model/grade.ts";

/** Why a driver is no more. */
export type Stop = {
  readonly reason: StopReason;
  /** What it did: `it did not end within 3 s`. */
  readonly sentence: string;
};
