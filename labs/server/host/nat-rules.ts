import type { HostChange } from "./host-change.ts";
import type { Outcome } from "./run-program.ts";

/** One way to set up NAT. */
export type NatRules = {
  /** What has to be undone, also when `add` has failed halfway. */
  readonly change: HostChange;
  readonly add: () => Outcome;
};
