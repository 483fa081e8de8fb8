import type { Ipv4Address, Millis } from "#contract/vocabulary.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/** How long the answer to a request is waited for. Until then nobody is asked for the same next hop again (RFC 1122 section 2.3.2.1). */
export const requestTimeout: Millis = 5_000;

/** The packets that wait for their next hop's MAC address, next hop by next hop. */
export type PendingPackets = {
  /**
   * Keeps the bytes of a packet until `nextHop` is known. `true` when it has to be asked for now; `false` when it was asked for less than
   * 5 s ago (or when there are too many open questions, and the packet was dropped).
   */
  readonly hold: (nextHop: Ipv4Address, packet: Uint8Array) => boolean;
  /** What waits for `nextHop`, in the order in which it was held. Nothing waits for it any more, and nobody is being asked. */
  readonly take: (nextHop: Ipv4Address) => readonly Uint8Array[];
  /** `elapsed` milliseconds have passed. What waits on a request that is 5000 ms old or older is dropped, all of it. */
  readonly tick: (elapsed: Millis) => void;
};

/**
 * No packets yet.
 *
 * One entry for each next hop that was asked for: when that was, and the packets that wait. An entry goes in two ways: the answer comes
 * (`take`), or 5 seconds pass (`tick`). When it goes, all of it goes; when it is there, nobody is asked again. That is the whole rule.
 *
 * The bytes that `hold` is given are the callee's to keep: the caller made them for this.
 *
 * Your task: handout docs/lab-5-arp-interface.md#sending, and docs/lab-5-arp-interface.md#robustness for bounds.
 */
export function createPendingPackets(): PendingPackets {
  // Your code here.
  return notImplemented("lab-5 pending packets", "docs/lab-5-arp-interface.md#sending");
}
