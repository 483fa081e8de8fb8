import type { Variant } from "./variant.ts";

const heartbeat = { lab: "lab-3", file: "heartbeat.ts" } as const;

/** Lab 3's reference with one bug each. Every check of the lab finds at least one of them. */
export const lab3Variants: readonly Variant[] = [
  {
    ...heartbeat,
    name: "due-too-late",
    says: "sends at > instead of >=",
    check: "lab-3.due-at-send-every",
    edits: [{ find: "if (sinceSent >= sendEvery) {", replace: "if (sinceSent > sendEvery) {" }],
  },
  {
    ...heartbeat,
    name: "sends-at-once",
    says: "sends a heartbeat at the first tick",
    check: "lab-3.nothing-at-start",
    edits: [{ find: "let sinceSent: Millis = 0;", replace: "let sinceSent: Millis = sendEvery;" }],
  },
  {
    ...heartbeat,
    name: "sends-once",
    says: "sends one heartbeat, and then never again",
    check: "lab-3.regular",
    edits: [{ find: "sinceSent = 0;", replace: "sinceSent = Number.NEGATIVE_INFINITY;" }],
  },
  {
    ...heartbeat,
    name: "storm",
    says: "makes up for every heartbeat that was missed",
    check: "lab-3.one-per-tick",
    edits: [
      {
        find: `sinceSent = 0;
        return [{ kind: "send-heartbeat" }];`,
        replace: `const missed = Math.floor(sinceSent / sendEvery);
        sinceSent %= sendEvery;
        return Array.from({ length: missed }, () => ({ kind: "send-heartbeat" }) as const);`,
      },
    ],
  },
  {
    ...heartbeat,
    name: "keeps-remainder",
    says: "keeps the remainder of a long tick",
    check: "lab-3.no-remainder",
    edits: [{ find: "sinceSent = 0;", replace: "sinceSent -= sendEvery;" }],
  },
  {
    ...heartbeat,
    name: "timetable",
    says: "sends by a timetable of multiples",
    check: "lab-3.no-remainder",
    edits: [{ find: "sinceSent = 0;", replace: "sinceSent %= sendEvery;" }],
  },
  {
    ...heartbeat,
    name: "hearing-delays-sending",
    says: "puts off its own heartbeat whenever it hears one",
    check: "lab-3.hearing-delays-no-sending",
    edits: [
      {
        find: "sinceHeard = 0;",
        replace: `sinceHeard = 0;
      sinceSent = 0;`,
      },
    ],
  },
  {
    ...heartbeat,
    name: "dead-too-early",
    says: "gives the peer up at >= instead of >",
    check: "lab-3.dead-after",
    edits: [{ find: "if (sinceHeard > deadAfter) {", replace: "if (sinceHeard >= deadAfter) {" }],
  },
  {
    ...heartbeat,
    name: "waits-for-the-first",
    says: "watches a peer only once it has been heard",
    check: "lab-3.never-heard",
    edits: [{ find: "let sinceHeard: Millis = 0;", replace: "let sinceHeard: Millis = Number.NEGATIVE_INFINITY;" }],
  },
  {
    ...heartbeat,
    name: "never-listens",
    says: "does nothing when the peer is heard",
    check: "lab-3.heard-restarts-silence",
    edits: [{ find: "sinceHeard = 0;", replace: "" }],
  },
  {
    ...heartbeat,
    name: "hears-a-tick-late",
    says: "counts the silence from the tick after the heartbeat",
    check: "lab-3.heard-restarts-silence",
    edits: [
      { find: "sinceHeard = 0;", replace: "sinceHeard = Number.NEGATIVE_INFINITY;" },
      { find: "sinceHeard += elapsed;", replace: "sinceHeard = sinceHeard === Number.NEGATIVE_INFINITY ? 0 : sinceHeard + elapsed;" },
    ],
  },
  {
    ...heartbeat,
    name: "last-moment-lost",
    says: "does not listen to a peer whose time is up to the millisecond",
    check: "lab-3.last-moment",
    edits: [{ find: "sinceHeard = 0;", replace: "if (sinceHeard < deadAfter) sinceHeard = 0;" }],
  },
  {
    ...heartbeat,
    name: "sending-keeps-alive",
    says: "takes its own sending for a sign of life",
    check: "lab-3.sending-proves-nothing",
    edits: [
      {
        find: "sinceSent = 0;",
        replace: `sinceSent = 0;
        sinceHeard = 0;`,
      },
    ],
  },
  {
    ...heartbeat,
    name: "credit",
    says: "grants more time for each heartbeat heard",
    check: "lab-3.heard-often",
    edits: [{ find: "sinceHeard = 0;", replace: "sinceHeard = sinceHeard > 0 ? 0 : sinceHeard - deadAfter;" }],
  },
  {
    ...heartbeat,
    name: "due-wins",
    says: "asks about sending first",
    check: "lab-3.dead-wins",
    edits: [{ find: "if (sinceHeard > deadAfter) {", replace: "if (sinceHeard > deadAfter && sinceSent < sendEvery) {" }],
  },
  {
    ...heartbeat,
    name: "two-actions",
    says: "sends a heartbeat and declares the peer dead in one tick",
    check: "lab-3.dead-wins",
    edits: [
      {
        find: 'return [{ kind: "peer-dead" }];',
        replace: 'return sinceSent >= sendEvery ? [{ kind: "send-heartbeat" }, { kind: "peer-dead" }] : [{ kind: "peer-dead" }];',
      },
    ],
  },
  {
    ...heartbeat,
    name: "dies-again",
    says: "reports death at every tick",
    check: "lab-3.dead-once",
    edits: [{ find: "if (dead) return [];", replace: 'if (dead) return [{ kind: "peer-dead" }];' }],
  },
  {
    ...heartbeat,
    name: "sends-after-death",
    says: "goes on sending to a dead peer",
    check: "lab-3.silent-after-death",
    edits: [
      { find: "if (dead) return [];", replace: "" },
      { find: "if (sinceHeard > deadAfter) {", replace: "if (sinceHeard > deadAfter && !dead) {" },
    ],
  },
  {
    ...heartbeat,
    name: "revives",
    says: "lets a late heartbeat bring a dead peer back",
    check: "lab-3.no-revival",
    edits: [
      {
        find: "sinceHeard = 0;",
        replace: `sinceHeard = 0;
      dead = false;`,
      },
    ],
  },
  {
    ...heartbeat,
    name: "refuses-zero",
    says: "refuses a tick of zero",
    check: "lab-3.tick-zero",
    edits: [{ find: 'requireWholeNumber("elapsed", elapsed, 0);', replace: 'requireWholeNumber("elapsed", elapsed, 1);' }],
  },
  {
    ...heartbeat,
    name: "thirty-two-bits",
    says: "keeps time in 32 bits",
    check: "lab-3.very-long-tick",
    edits: [{ find: "sinceHeard += elapsed;", replace: "sinceHeard = (sinceHeard + elapsed) | 0;" }],
  },
  {
    ...heartbeat,
    name: "caps-ticks",
    says: "cuts a long tick down",
    check: "lab-3.very-long-tick",
    edits: [{ find: "sinceHeard += elapsed;", replace: "sinceHeard += Math.min(elapsed, sendEvery);" }],
  },
  {
    ...heartbeat,
    name: "forgets-small-ticks",
    says: "looks at the last tick only",
    check: "lab-3.small-equals-large",
    edits: [{ find: "sinceSent += elapsed;", replace: "sinceSent = elapsed;" }],
  },
  {
    ...heartbeat,
    name: "usual-timing",
    says: "compares with 60 000, whatever deadAfter is",
    check: "lab-3.other-timings",
    edits: [{ find: "if (sinceHeard > deadAfter) {", replace: "if (sinceHeard > 60_000) {" }],
  },
  {
    ...heartbeat,
    name: "dies-after-sending",
    says: "asks about death only when a heartbeat was due",
    check: "lab-3.death-comes-first",
    edits: [
      {
        find: "if (sinceHeard > deadAfter) {",
        replace: "if (sinceHeard > deadAfter && (deadAfter >= sendEvery || sinceHeard > sendEvery)) {",
      },
    ],
  },
  {
    ...heartbeat,
    name: "peers-share-clocks",
    says: "keeps the clocks outside createHeartbeat",
    check: "lab-3.two-peers",
    edits: [
      { find: "let sinceSent: Millis = 0;", replace: "sinceSent = 0;" },
      {
        find: `/**
 * Watches one peer.`,
        replace: `let sinceSent: Millis = 0;

/**
 * Watches one peer.`,
      },
    ],
  },
  {
    ...heartbeat,
    name: "any-timing",
    says: "accepts a duration of 0",
    check: "lab-3.timing-misuse",
    edits: [{ find: 'requireWholeNumber("sendEvery", sendEvery, 1);', replace: 'requireWholeNumber("sendEvery", sendEvery, 0);' }],
  },
  {
    ...heartbeat,
    name: "lets-nan-in",
    says: "compares only, and lets NaN in",
    check: "lab-3.tick-misuse",
    edits: [{ find: "if (!Number.isInteger(value) || value < least)", replace: "if (value < least)" }],
  },
  {
    ...heartbeat,
    name: "adds-before-looking",
    says: "advances a clock before it refuses a tick",
    check: "lab-3.tick-misuse",
    edits: [
      { find: 'requireWholeNumber("elapsed", elapsed, 0);', replace: "" },
      {
        find: "sinceHeard += elapsed;",
        replace: `requireWholeNumber("elapsed", elapsed, 0);
      sinceHeard += elapsed;`,
      },
    ],
  },
  {
    ...heartbeat,
    name: "seconds",
    says: "counts whole seconds and loses the rest of each tick",
    check: "lab-3.recorded-session-b",
    edits: [{ find: "sinceSent += elapsed;", replace: "sinceSent += elapsed >= 1000 ? Math.floor(elapsed / 1000) * 1000 : elapsed;" }],
  },
  {
    ...heartbeat,
    name: "rounds",
    says: "rounds each tick to whole seconds",
    check: "lab-3.recorded-session-a",
    edits: [{ find: "sinceSent += elapsed;", replace: "sinceSent += elapsed >= 500 ? Math.round(elapsed / 1000) * 1000 : elapsed;" }],
  },
  {
    ...heartbeat,
    name: "deaf-after-sending",
    says: "does not listen in the moment after it has sent",
    check: "lab-3.heartbeat-model",
    edits: [{ find: "sinceHeard = 0;", replace: "if (sinceSent > 0) sinceHeard = 0;" }],
  },
];
