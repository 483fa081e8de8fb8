import type { HostChange } from "./host-change.ts";
import type { Outcome } from "./run-program.ts";

/** One way to set up NAT. */
export type NatRules = {
  /** What has to be undone. */
  readonly change: HostChange;
  /** All of it or nothing. */
  readonly add: () => Outcome;
};
