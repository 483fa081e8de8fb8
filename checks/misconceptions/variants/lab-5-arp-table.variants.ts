import type { Variant } from "./variant.ts";

const arpTable = { lab: "lab-5", file: "arp-table.ts" } as const;

/** Lab 5's ARP table with one bug each. */
export const arpTableVariants: readonly Variant[] = [
  {
    ...arpTable,
    name: "mappings-live-5-s",
    says: "forgets a mapping as early as a question",
    check: "lab-5.mapping-lives-30-s",
    edits: [{ find: "mappingLifetime: Millis = 30_000", replace: "mappingLifetime: Millis = 5_000" }],
  },
  {
    ...arpTable,
    name: "mappings-in-seconds",
    says: "forgets a mapping after 30 ms",
    check: "lab-5.mapping-lives-30-s",
    edits: [{ find: "mappingLifetime: Millis = 30_000", replace: "mappingLifetime: Millis = 30" }],
  },
  {
    ...arpTable,
    name: "mapping-dies-early",
    says: "forgets a mapping a millisecond too early",
    check: "lab-5.mapping-lives-30-s",
    edits: [{ find: "const expiresAt = now + mappingLifetime;", replace: "const expiresAt = now + mappingLifetime - 1;" }],
  },
  {
    ...arpTable,
    name: "mapping-dies-late",
    says: "uses a mapping that is exactly 30 000 ms old: > instead of >=",
    check: "lab-5.mapping-expires",
    edits: [
      { find: "if (now < nextExpiry) return;", replace: "if (now <= nextExpiry) return;" },
      { find: "if (expiresAt > now) {", replace: "if (expiresAt >= now) {" },
    ],
  },
  {
    ...arpTable,
    name: "mappings-never-die",
    says: "never forgets a mapping",
    check: "lab-5.mapping-expires",
    edits: [{ find: "if (now < nextExpiry) return;", replace: "if (now >= 0) return;" }],
  },
  {
    ...arpTable,
    name: "looks-at-one-tick",
    says: "compares the length of one tick with 30 s, and not the sum",
    check: "lab-5.expires-in-small-ticks",
    edits: [{ find: "now += elapsed;", replace: "now = elapsed;" }],
  },
  {
    ...arpTable,
    name: "mappings-die-together",
    says: "clears the whole table when one mapping is over",
    check: "lab-5.mappings-expire-apart",
    edits: [
      {
        find: `        mappings.delete(ip);
      }
    },`,
        replace: `        mappings.clear();
      }
    },`,
      },
    ],
  },
  {
    ...arpTable,
    name: "lessons-prolong-all",
    says: "starts the 30 s of all mappings again when one is learned",
    check: "lab-5.mappings-expire-apart",
    edits: [
      {
        find: "mappings.set(ip, { mac, expiresAt });",
        replace:
          "mappings.set(ip, { mac, expiresAt });\n      for (const [known, { mac }] of mappings) mappings.set(known, { mac, expiresAt });",
      },
    ],
  },
  {
    ...arpTable,
    name: "one-death-a-tick",
    says: "removes one mapping a tick, however many are over",
    check: "lab-5.long-tick",
    edits: [
      {
        find: `        mappings.delete(ip);
      }
    },`,
        replace: `        mappings.delete(ip);
        nextExpiry = now;
        return;
      }
    },`,
      },
    ],
  },
  {
    ...arpTable,
    name: "lesson-does-not-refresh",
    says: "leaves the time as it is when the same mapping is learned again",
    check: "lab-5.learning-refreshes",
    edits: [{ find: "// Setting alone", replace: "if (mappings.get(ip)?.mac === mac) return;\n      // Setting alone" }],
  },
  {
    ...arpTable,
    name: "key-stays-in-front",
    says: "sets a key that is there, which leaves it in front: what is behind it does not expire",
    check: "lab-5.learning-refreshes",
    edits: [
      {
        find: `mappings.delete(ip);
      if (mappings.size`,
        replace: "if (mappings.size",
      },
    ],
  },
  {
    ...arpTable,
    name: "first-mac-wins",
    says: "never changes a mapping that is there",
    check: "lab-5.mac-changes",
    edits: [{ find: "// Setting alone", replace: "if (mappings.has(ip)) return;\n      // Setting alone" }],
  },
  {
    ...arpTable,
    name: "tiny-table",
    says: "remembers a hundred neighbours only",
    check: "lab-5.many-neighbours",
    edits: [
      { find: "const capacity = 16_384;", replace: "const capacity = 100;" },
      { find: "const evictedAtOnce = 1024;", replace: "const evictedAtOnce = 1;" },
    ],
  },
  {
    ...arpTable,
    name: "unbounded-table",
    says: "remembers any number of neighbours",
    check: "lab-5.table-bounded",
    edits: [{ find: "const capacity = 16_384;", replace: "const capacity = 1e9;" }],
  },
];
