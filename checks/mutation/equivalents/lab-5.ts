import type { Equivalent } from "./equivalent.ts";

const table = { lab: "lab-5", file: "arp-table.ts", mutator: "EqualityOperator" } as const;
const pending = { lab: "lab-5", file: "pending-packets.ts", mutator: "EqualityOperator" } as const;

/** Why some mutants of the ARP interface survive. */
export const lab5Equivalents: readonly Equivalent[] = [
  {
    ...table,
    context: "if (mappings.size >= capacity) evictOldest();",
    original: "mappings.size >= capacity",
    replacement: "mappings.size > capacity",
    reason: "the size of the table is free: one mapping more is as good a bound",
  },
  {
    ...table,
    mutator: "ConditionalExpression",
    context: "if (now < nextExpiry) return;",
    original: "now < nextExpiry",
    replacement: "false",
    reason: "a way out that saves time: the loop behind it finds that nothing has expired yet",
  },
  {
    ...pending,
    context: "if (entry.packets.length >= packetsPerHop) entry.packets.shift();",
    original: "entry.packets.length >= packetsPerHop",
    replacement: "entry.packets.length > packetsPerHop",
    reason: "the length of the queue is free: one packet more is as good a bound",
  },
  {
    ...pending,
    context: "if (waiting.size >= maximumHops) return false;",
    original: "waiting.size >= maximumHops",
    replacement: "waiting.size > maximumHops",
    reason: "the number of next hops is free: one more is as good a bound",
  },
];
