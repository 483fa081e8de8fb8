import type { Ipv4Address, MacAddress, Millis } from "#contract/vocabulary.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/** How long a mapping is believed after it was learned. CS144's choice; RFC 826 names none, RFC 1122 section 2.3.2.1 asks for one. */
export const mappingLifetime: Millis = 30_000;

/** Which MAC address each neighbour has, as far as it was learned in the last 30 seconds. */
export type ArpTable = {
  /** `ip` is at `mac`, whatever was believed before, for 30 s from now. */
  readonly learn: (ip: Ipv4Address, mac: MacAddress) => void;
  /** Where `ip` is, or `undefined` when that is not known (any more). Looking does not make a mapping live longer. */
  readonly lookup: (ip: Ipv4Address) => MacAddress | undefined;
  /** `elapsed` milliseconds have passed. A mapping whose age is 30 000 ms or more is gone. */
  readonly tick: (elapsed: Millis) => void;
};

/**
 * An empty ARP table.
 *
 * A `Map` is nearly all that you need: the address is the key, and beside the MAC address stands when it was learned. Keep the running time
 * as a sum of ticks. A `Map` remembers the order in which its keys were put in; a table that is kept in order of learning has what expires
 * next in front, and a tick need not look at all ten thousand neighbours. (Setting a key that is there does not move it to the end.)
 *
 * Your task: handout docs/lab-5-arp-interface.md#learning, and docs/lab-5-arp-interface.md#robustness for a bound on its size.
 */
export function createArpTable(): ArpTable {
  // Your code here.
  return notImplemented("lab-5 ARP table", "docs/lab-5-arp-interface.md#learning");
}
