import type { Ipv4Address } from "#contract/vocabulary.ts";
import { hostsOf, type Network } from "./network.ts";

/** A pool that is slow and obviously right: one list of addresses, searched from end to end. */
export type NaivePool = {
  /** Which answers of `allocate()` are right now. */
  readonly mayLend: () => readonly (Ipv4Address | undefined)[];
  readonly lend: (address: Ipv4Address) => void;
  /** What `release(address)` answers, or that it throws. */
  readonly takeBack: (address: Ipv4Address) => boolean | "throws";
  readonly free: () => number;
};

export function naivePool(network: Network): NaivePool {
  const entries = hostsOf(network).map((address) => ({ address, lent: false }));
  let fresh = true;
  const free = () => entries.filter(({ lent }) => !lent).map(({ address }) => address);
  const find = (wanted: Ipv4Address) => entries.find(({ address }) => address === wanted);

  return {
    mayLend: () => {
      const [lowest, ...others] = free();
      return fresh ? [lowest] : [lowest, ...others];
    },
    lend: (address) => {
      const entry = find(address);
      if (entry !== undefined) entry.lent = true;
    },
    takeBack: (address) => {
      const entry = find(address);
      if (entry === undefined) return "throws";
      const wasLent = entry.lent;
      entry.lent = false;
      fresh &&= !wasLent;
      return wasLent;
    },
    free: () => free().length,
  };
}
