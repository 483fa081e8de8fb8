import type { Variant } from "./variant.ts";

const pendingPackets = { lab: "lab-5", file: "pending-packets.ts" } as const;

const giveUp = `        if (givenUpAt > now) return;
        waiting.delete(nextHop);`;
const open = "waiting.set(nextHop, { packets: [packet], givenUpAt: now + requestTimeout });";
const join = `        entry.packets.push(packet);
        return false;`;
const clock = "let now: Millis = 0;";

/** Lab 5's waiting packets with one bug each. */
export const pendingPacketsVariants: readonly Variant[] = [
  {
    ...pendingPackets,
    name: "queue-outlives-request",
    says: "forgets after 5 s that it has asked, and keeps the packets",
    check: "lab-5.pending-dropped",
    edits: [
      { find: clock, replace: `${clock}\n  const asked = new Map<Ipv4Address, Millis>();` },
      {
        find: join,
        replace: `        entry.packets.push(packet);
        if (asked.has(nextHop)) return false;
        asked.set(nextHop, now + requestTimeout);
        return true;`,
      },
      { find: open, replace: `asked.set(nextHop, now + requestTimeout);\n      ${open}` },
      { find: "for (const [nextHop, { givenUpAt }] of waiting) {", replace: "for (const [nextHop, givenUpAt] of asked) {" },
      {
        find: giveUp,
        replace: `        if (givenUpAt > now) return;
        asked.delete(nextHop);`,
      },
    ],
  },
  {
    ...pendingPackets,
    name: "cleared-by-next-send",
    says: "clears the queue at the next send, and not by time alone",
    check: "lab-5.pending-dropped",
    edits: [
      { find: "if (entry !== undefined) {", replace: "if (entry !== undefined && entry.givenUpAt > now) {" },
      { find: giveUp, replace: "        if (givenUpAt > now) return;" },
    ],
  },
  {
    ...pendingPackets,
    name: "packets-wait-30-s",
    says: "keeps packets as long as a mapping",
    check: "lab-5.pending-dropped",
    edits: [{ find: "requestTimeout: Millis = 5_000", replace: "requestTimeout: Millis = 30_000" }],
  },
  {
    ...pendingPackets,
    name: "questions-in-seconds",
    says: "gives a question up after 5 ms",
    check: "lab-5.pending-kept-until-5-s",
    edits: [{ find: "requestTimeout: Millis = 5_000", replace: "requestTimeout: Millis = 5" }],
  },
  {
    ...pendingPackets,
    name: "questions-never-end",
    says: "never gives a question up",
    check: "lab-5.asks-again-at-5-s",
    edits: [{ find: giveUp, replace: "        if (givenUpAt > 0) return;" }],
  },
  {
    ...pendingPackets,
    name: "newest-packet-survives",
    says: "drops the packets in front, and keeps the one that came last",
    check: "lab-5.pending-dropped-together",
    edits: [
      {
        find: giveUp,
        replace: `        if (givenUpAt > now) return;
        const packets = waiting.get(nextHop)?.packets ?? [];
        waiting.delete(nextHop);
        if (packets.length > 1) waiting.set(nextHop, { packets: packets.slice(-1), givenUpAt: givenUpAt + requestTimeout });`,
      },
    ],
  },
  {
    ...pendingPackets,
    name: "packets-have-own-times",
    says: "gives each packet 5 s of its own",
    check: "lab-5.pending-dropped-together",
    edits: [
      { find: clock, replace: `${clock}\n  const times = new Map<Uint8Array, Millis>();` },
      { find: "hold: (nextHop, packet) => {", replace: "hold: (nextHop, packet) => {\n      times.set(packet, now + requestTimeout);" },
      { find: "for (const [nextHop, { givenUpAt }] of waiting) {", replace: "for (const [nextHop, { packets }] of waiting) {" },
      {
        find: giveUp,
        replace: `        while (packets[0] !== undefined && (times.get(packets[0]) ?? 0) <= now) packets.shift();
        if (packets.length === 0) waiting.delete(nextHop);`,
      },
    ],
  },
  {
    ...pendingPackets,
    name: "given-up-late",
    says: "waits on at exactly 5000 ms: > instead of >=",
    check: "lab-5.asks-again-at-5-s",
    edits: [{ find: "if (givenUpAt > now) return;", replace: "if (givenUpAt >= now) return;" }],
  },
  {
    ...pendingPackets,
    name: "given-up-early",
    says: "gives a question up a millisecond too early",
    check: "lab-5.pending-kept-until-5-s",
    edits: [{ find: "if (givenUpAt > now) return;", replace: "if (givenUpAt > now + 1) return;" }],
  },
  {
    ...pendingPackets,
    name: "asks-for-each-packet",
    says: "asks again for each packet",
    check: "lab-5.one-request",
    edits: [{ find: join, replace: join.replace("false", "true") }],
  },
  {
    ...pendingPackets,
    name: "one-time-for-all",
    says: "keeps one time of the last request, for all next hops",
    check: "lab-5.neighbours-independent",
    edits: [
      { find: clock, replace: `${clock}\n  let lastAsked = Number.NEGATIVE_INFINITY;` },
      {
        find: `${open}
      return true;`,
        replace: `${open}
      if (now - lastAsked < requestTimeout) return false;
      lastAsked = now;
      return true;`,
      },
    ],
  },
  {
    ...pendingPackets,
    name: "each-packet-starts-again",
    says: "starts the 5 s again with each packet that joins the queue",
    check: "lab-5.sending-does-not-restart",
    edits: [
      {
        find: join,
        replace: `        entry.packets.push(packet);
        waiting.delete(nextHop);
        waiting.set(nextHop, { packets: entry.packets, givenUpAt: now + requestTimeout });
        return false;`,
      },
    ],
  },
  {
    ...pendingPackets,
    name: "looks-at-one-tick-when-asking",
    says: "compares the length of one tick with 5 s, and not the sum",
    check: "lab-5.interval-in-small-ticks",
    edits: [{ find: "now += elapsed;", replace: "now = elapsed;" }],
  },
  {
    ...pendingPackets,
    name: "whole-seconds",
    says: "counts whole seconds, and loses the rest of each tick",
    check: "lab-5.dropped-in-small-ticks",
    edits: [{ find: "now += elapsed;", replace: "now += elapsed >= 1000 ? elapsed : 0;" }],
  },
  {
    ...pendingPackets,
    name: "all-queues-dropped",
    says: "clears every queue when one question is given up",
    check: "lab-5.drops-only-its-own",
    edits: [
      {
        find: giveUp,
        replace: `        if (givenUpAt > now) return;
        waiting.clear();`,
      },
    ],
  },
  {
    ...pendingPackets,
    name: "old-packets-come-back",
    says: "keeps what was given up, and sends it with the next answer",
    check: "lab-5.fresh-queue",
    edits: [
      { find: clock, replace: `${clock}\n  const old = new Map<Ipv4Address, Uint8Array[]>();` },
      { find: open, replace: open.replace("[packet]", "[...(old.get(nextHop) ?? []), packet]") },
      {
        find: giveUp,
        replace: `        if (givenUpAt > now) return;
        old.set(nextHop, waiting.get(nextHop)?.packets ?? []);
        waiting.delete(nextHop);`,
      },
    ],
  },
  {
    ...pendingPackets,
    name: "last-come-first-served",
    says: "sends what waited in the wrong order",
    check: "lab-5.queue-in-order",
    edits: [{ find: "return entry?.packets ?? [];", replace: "return entry?.packets.reverse() ?? [];" }],
  },
  {
    ...pendingPackets,
    name: "only-the-newest-waits",
    says: "keeps one packet for each next hop",
    check: "lab-5.queue-in-order",
    edits: [{ find: "entry.packets.length >= packetsPerHop", replace: "entry.packets.length >= 1" }],
  },
  {
    ...pendingPackets,
    name: "first-packet-lost",
    says: "does not keep the packet that made it ask",
    check: "lab-5.queue-in-order",
    edits: [{ find: open, replace: open.replace("[packet]", "[] as Uint8Array[]") }],
  },
  {
    ...pendingPackets,
    name: "queue-not-emptied",
    says: "sends what waited again with every answer",
    check: "lab-5.queue-once",
    edits: [
      {
        find: `      waiting.delete(nextHop);
      return entry`,
        replace: "      return entry",
      },
    ],
  },
  {
    ...pendingPackets,
    name: "first-answer-takes-all",
    says: "sends the packets of all next hops to the first that answers",
    check: "lab-5.queue-of-others-stays",
    edits: [
      {
        find: `      waiting.delete(nextHop);
      return entry?.packets ?? [];`,
        replace: `      const all = [...waiting.values()].flatMap(({ packets }) => packets);
      waiting.clear();
      return entry === undefined ? [] : all;`,
      },
    ],
  },
  {
    ...pendingPackets,
    name: "unbounded-queue",
    says: "keeps any number of packets for one next hop",
    check: "lab-5.queue-bounded",
    edits: [{ find: "const packetsPerHop = 16;", replace: "const packetsPerHop = 1e9;" }],
  },
  {
    ...pendingPackets,
    name: "keeps-the-oldest",
    says: "refuses the newest packet when a queue is full, and keeps the oldest",
    check: "lab-5.queue-bounded",
    edits: [
      {
        find: "if (entry.packets.length >= packetsPerHop) entry.packets.shift();",
        replace: "if (entry.packets.length >= packetsPerHop) return false;",
      },
    ],
  },
  {
    ...pendingPackets,
    name: "unbounded-next-hops",
    says: "waits for any number of next hops",
    check: "lab-5.questions-bounded",
    edits: [{ find: "const maximumHops = 1024;", replace: "const maximumHops = 1e9;" }],
  },
  {
    ...pendingPackets,
    name: "asks-for-what-is-too-much",
    says: "asks with every packet when too many next hops are waited for",
    check: "lab-5.questions-bounded",
    edits: [{ find: "if (waiting.size >= maximumHops) return false;", replace: "if (waiting.size >= maximumHops) return true;" }],
  },
];
